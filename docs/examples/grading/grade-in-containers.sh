#!/usr/bin/env bash
# Grades each submission in a container of its own, so that the tier is T0, and leaves the parts of the class for npm run grade merge.
#
#   docker build -f docs/examples/grading/Containerfile -t 4over6-grader .
#   docs/examples/grading/grade-in-containers.sh SUBMISSIONS PARTS --labs lab-3
#
# SUBMISSIONS is a folder with a folder or an archive for each submission, PARTS a new folder. ENGINE chooses podman or docker.
set -euo pipefail

engine=${ENGINE:-podman}
submissions=$(realpath "$1")
parts=$2
shift 2
mkdir -p "$parts"
parts=$(realpath "$parts")

# Every part is told the whole class, so that the parts join; it sees the code of one submission only, and empty folders for the others.
names=("$submissions"/*)
empty=$(mktemp -d)
trap 'rmdir "$empty"' EXIT

for index in "${!names[@]}"; do
  volumes=()
  paths=()
  for other in "${!names[@]}"; do
    inside=/class/$(basename "${names[other]}")
    paths+=("$inside")
    if [ "$other" = "$index" ]; then volumes+=(--volume "${names[other]}:$inside:ro"); else volumes+=(--volume "$empty:$inside:ro"); fi
  done
  part=$parts/$((index + 1))
  mkdir -p "$part"
  "$engine" run --rm --network none --pids-limit 1024 --memory 4g --cpus 2 --security-opt no-new-privileges \
    "${volumes[@]}" --volume "$part:/out" \
    4over6-grader "${paths[@]}" --out /out/grades --shard "$((index + 1))/${#names[@]}" --seed 4006 "$@" ||
    echo "$(basename "${names[index]}"): exit code $?" >&2
done
