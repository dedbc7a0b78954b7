# shellcheck shell=bash
# Ends what ./dev demo started in this checkout, and nothing else.
stop_demo
stop_cluster
