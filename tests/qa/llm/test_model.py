"""The model's owner gives a checked value or an error of ours, whatever the endpoint does."""
