#!/bin/sh
# The demo: takes in 36 invented articles of six invented outlets, and asks them. `make demo` runs it.
set -eu
here=$(dirname "$0")
export QA_DATA_DIR="${QA_DATA_DIR:-.onrecord-demo}"

run() {
  printf '\n$ '
  for word in "$@"; do case $word in *\ *) printf '"%s" ' "$word" ;; *) printf '%s ' "$word" ;; esac; done
  printf '\n'
  "$@"
}

run ingest add "$here/articles.jsonl"
run qa ask "How many civilians did the Syrian Observatory for Human Rights say were killed near al-Susah?"
