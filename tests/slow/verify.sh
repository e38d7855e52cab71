#!/usr/bin/env bash
# Ten thousand changed bytes of a case: each that changes what it says is found.
set -eu
VERIFY_CHANGES=10000 "$BUILD_DIR/tests/case_verify_test"
