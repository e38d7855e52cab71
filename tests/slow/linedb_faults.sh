#!/usr/bin/env bash
# Every single call that changes the disk, not one in seven: see tests/unit/linedb_faults_test.c
FAULTS_STRIDE=1 exec "$BUILD_DIR/tests/linedb_faults_test"
