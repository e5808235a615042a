#!/bin/sh
# Runs the harness; builds it first when its sources are newer than its jar. All logic is in org.milvustls.bench.
set -eu
name=run-benchmarks.sh

# The folder of this script, also when it was called through a symlink.
self=$0
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in
    /*) self=$target ;;
    *) self=$(dirname "$self")/$target ;;
  esac
done
home=$(CDPATH='' cd "$(dirname "$self")" && pwd -P)
. "$home/bin/launch.sh"

use_utf8
find_java
build_when_needed "$home/benchmarks/target/benchmarks.jar" support benchmarks
set_up_testcontainers
terminal=false
if [ -t 2 ]; then terminal=true; fi
# Forks use no blackhole, so that JMH need not start a JVM before each to find out which kind this JVM has.
run_java -Djmh.blackhole.mode=FULL_DONTINLINE \
  -Dmilvustls.terminal=$terminal -cp "$jar" org.milvustls.bench.cli.RunBenchmarks "$@"
