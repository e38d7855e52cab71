#!/usr/bin/env bash
# The long variant of e2e/court_random.sh.
COURT_ROUNDS=40 COURT_SEED=161803 bash "$(dirname "$0")/../e2e/court_random.sh"
