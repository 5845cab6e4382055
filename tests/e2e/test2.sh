#!/bin/sh
# Scenario 2: see tests/e2e/secret-file/scenario.ts. Exit code 0 when nothing leaked and the file is right.
cd "$(dirname "$0")/../.." && exec node_modules/.bin/bun tests/e2e/secret-file/main.ts 2
