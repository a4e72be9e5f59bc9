#!/bin/sh
# How many instructions the inner loops take. The number hardly moves between runs, also on a machine that is busy with
# something else, so that it shows what time hides. Needs valgrind.
#
#   benches/instructions.sh            all figures
#   benches/instructions.sh decide     those whose name has the word in it
#
# Each figure is what some repetitions more cost, divided by how many more they are: what is done once drops out.
set -eu
cd "$(dirname "$0")/.."
word=${1:-}

# The program of a benchmark, built as `cargo bench` builds it.
program() {
  cargo bench --bench "$1" --no-run 2>&1 | sed -n 's/.*Executable.*(\(.*\))$/\1/p'
}

# The instructions of a run.
count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
    sed -n 's/.*Collected : *\([0-9]*\).*/\1/p'
}

# figure NAME DIVISOR UNIT: one line of the table, when the name is asked for; FEW and MANY are commands.
figure() {
  case $1 in *"$word"*) ;; *) return 0 ;; esac
  few=$(count $FEW)
  many=$(count $MANY)
  printf '| `%s` | %s | %s |\n' "$1" "$(((many - few) / $2))" "$3"
}

ljungby=$(program ljungby)
histories=$(program histories)
alone=$(program alone)

echo '| figure | instructions | for |'
echo '| --- | ---: | --- |'

# of_ljungby NAME FEW MANY DIVISOR UNIT
of_ljungby() {
  FEW="$ljungby --bench $1 --sample-count 1 --sample-size $2"
  MANY="$ljungby --bench $1 --sample-count 1 --sample-size $3"
  figure "$1" "$4" "$5"
}
of_ljungby decide_cap_change 10 110 100 'a case of two events'
of_ljungby decide_30_events 10 60 1500 'an event'
of_ljungby read_1000_lines 2 7 5000 'a line'
of_ljungby load_ruleset 1 3 2 'the 111 rules'
of_ljungby prove_a_rule_on_one_date 1 3 292194 'a day'

for size in 10 100 1000; do
  FEW="$histories --bench 4000 $size 1"
  MANY="$histories --bench 4000 $size 3"
  figure "histories_of_$size" 8000 'an event'
done

for part in one columns; do
  FEW="$alone --bench 50000 $part 1"
  MANY="$alone --bench 50000 $part 3"
  figure "alone_$part" 300000 'an event, by a rule'
done
