#!/usr/bin/env bash
# A sample of device/android_faults.sh.
FAULTS_EACH=2 exec bash "$SOURCE_DIR/tests/device/android_faults.sh"
