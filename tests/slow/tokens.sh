#!/usr/bin/env bash
# The long variant of e2e/tokens.sh: many more scopes, stages and seals.
TOKEN_ROUNDS=60 TOKEN_SEED=20250317 TOKEN_REAL=12 bash "$(dirname "$0")/../e2e/tokens.sh"
