#!/usr/bin/env bash
# Every single call that changes the disk, not a sample: see tests/unit/ending_faults_test.c and command_faults_test.c
set -eu
FAULTS_STRIDE=1 "$BUILD_DIR/tests/ending_faults_test"
FAULTS_STRIDE=1 "$BUILD_DIR/tests/command_faults_test"
