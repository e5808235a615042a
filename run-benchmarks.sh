#!/bin/sh
# Builds when needed, then hands over to Java: all logic is in org.milvustls.bench.
set -eu
# The folder of this script, also through symbolic links.
self=$0
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=$(dirname "$self")/$link ;;
  esac
done
home=$(cd "$(dirname "$self")" && pwd)
jar=$home/benchmarks/target/benchmarks.jar

if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
if ! command -v "$java" >/dev/null 2>&1; then
  echo "run-benchmarks.sh: no Java found; install a JDK 17 or newer, or set JAVA_HOME" >&2
  exit 3
fi
if [ ! -f "$jar" ] || [ -n "$(find "$home/pom.xml" "$home/support" "$home/benchmarks" \
    \( -name target -prune \) -o -type f \( -path '*/src/main/*' -o -name pom.xml \) -newer "$jar" -print 2>/dev/null | head -n 1)" ]; then
  if ! command -v mvn >/dev/null 2>&1; then
    echo "run-benchmarks.sh: the benchmarks are not built and no Maven was found; install Maven 3.8.7 or newer" >&2
    exit 3
  fi
  echo "building (mvn package, tests are for mvn verify) ..." >&2
  (cd "$home" && mvn -q -B -ntp -DskipTests -pl benchmarks -am package) >&2 || {
    echo "run-benchmarks.sh: the build failed; its messages are above" >&2
    exit 3
  }
fi
terminal=false
if [ -t 2 ]; then terminal=true; fi
# Containers are stopped by our own shutdown hook and published on loopback: Testcontainers need not
# pull the images by which it does the one and finds out about the other.
export TESTCONTAINERS_RYUK_DISABLED="${TESTCONTAINERS_RYUK_DISABLED:-true}"
export TESTCONTAINERS_HOST_OVERRIDE="${TESTCONTAINERS_HOST_OVERRIDE:-localhost}"
# One run at a time is ensured by a lock of our own, so JMH's is not needed. Forks use no blackhole,
# so that JMH need not start a JVM before each to find out which kind this JVM has.
exec "$java" -Djmh.ignoreLock=true -Djmh.blackhole.mode=FULL_DONTINLINE -Dmilvustls.terminal=$terminal \
  -cp "$jar" org.milvustls.bench.cli.RunBenchmarks "$@"
