# shellcheck shell=bash
setup_all
say "Ready."
