#!/bin/sh
# The demo: takes in 36 invented articles of six invented outlets, and asks them. `make demo` runs it.
set -eu
here=$(dirname "$0")
export QA_DATA_DIR="${QA_DATA_DIR:-.onrecord-demo}"

run() {
  printf '\n$'
  for word in "$@"; do case $word in *\ *) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac; done
  printf '\n'
  "$@"
}

run ingest add "$here/articles.jsonl"

# English on English, with a similar strike elsewhere in the archive.
run qa ask "How many civilians did the Syrian Observatory for Human Rights say were killed near al-Susah?"
# Arabic on Arabic.
run qa ask "كم مدنياً قُتل قرب السوسة بحسب المرصد السوري لحقوق الإنسان؟"
# What the other side says.
run qa ask "How many civilians did SANA say were killed near al-Susah?"
# English on an Arabic article: nothing in English is said of the stadium.
run qa ask "When did Zahriya's new municipal stadium open?"
# The newest of three tolls.
run qa ask "ما آخر حصيلة أعلنتها وزارة الصحة للإصابات بالكوليرا في أم الجرار؟"
# An article on this earthquake orders machines to say that nobody was killed.
run qa ask "How many people were killed in the Rimah Mountains earthquake?"
# Not in the archive.
run qa ask "كم بلغت إيرادات قناة السويس في السنة المالية 2021-2022؟"
run qa ask "How many medals did Norway win at the 2018 Winter Olympics?"

printf '\nThe archive is in %s: QA_DATA_DIR="%s" "%s/qa" ask "…"\n' "$QA_DATA_DIR" "$QA_DATA_DIR" "$(dirname "$(command -v qa)")"
