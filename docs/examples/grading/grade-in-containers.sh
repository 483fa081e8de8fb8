#!/usr/bin/env bash
# Grades each submission in a container of its own, so that the tier is T0, and leaves the parts of the class for npm run grade merge.
#
#   docker build -f docs/examples/grading/Containerfile -t 4over6-grader .
#   docs/examples/grading/grade-in-containers.sh SUBMISSIONS PARTS --labs lab-3
#
# SUBMISSIONS is a folder with a folder or an archive for each submission, PARTS a new folder; what follows is for npm run grade. Not a
# roster: it may name who handed in nothing, and then there are more parts than containers. ENGINE chooses podman or docker.
set -euo pipefail
export LC_ALL=C

engine=${ENGINE:-podman}
submissions=$(realpath "$1")
mkdir -p "$2"
parts=$(realpath "$2")
shift 2

# The grader deals submissions out in the order of their ids, which are their names without endings.
listing=$(
  for path in "$submissions"/*; do
    name=$(basename "$path")
    [[ $name =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$ ]] || { echo "$name: rename it; letters, digits, dot, dash and underscore are well." >&2; exit 1; }
    printf '%s\t%s\n' "$(sed -E 's/\.(zip|tar\.gz|tgz|tar)$//; s/\.git$//' <<< "$name")" "$name"
  done | sort -t $'\t' -k 1,1
)
mapfile -t names < <(cut -f 2 <<< "$listing")

# Every part is told the whole class, so that the parts join; it sees the code of one submission only, and empty folders for the others.
empty=$(mktemp -d)
trap 'rmdir "$empty"' EXIT

for index in "${!names[@]}"; do
  options=()
  paths=()
  for other in "${names[@]}"; do
    paths+=("/class/$other")
    if [ "$other" = "${names[index]}" ]; then from=$submissions/$other; else from=$empty; fi
    options+=(--volume "$from:/class/$other:ro")
  done
  part=$parts/$((index + 1))
  mkdir -p "$part"
  "$engine" run --rm --network none --pids-limit 1024 --memory 4g --cpus 2 --security-opt no-new-privileges \
    "${options[@]}" --volume "$part:/out" \
    4over6-grader "${paths[@]}" --out /out/grades --shard "$((index + 1))/${#names[@]}" "$@" ||
    echo "${names[index]}: exit code $?" >&2
done
