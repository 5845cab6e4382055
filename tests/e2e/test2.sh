#!/bin/sh
# Scenario 2: see tests/support/secret-file/scenario.ts. Exit code 0 when nothing leaked and the file is right.
cd "$(dirname "$0")/../.." && exec node_modules/.bin/bun tests/support/secret-file/main.ts 2
