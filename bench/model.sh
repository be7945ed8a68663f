#!/usr/bin/env bash
# Trains a model for each sensor of samples/, on its four weeks and on the first three, and prints what it flags outside the labels in all
# four weeks, at five minutes and at one, beside the default detector; and what it makes of the README's query.
# `bench/model.sh FOLDER NAME` (models traffic: the shipped one) judges a model that is there in the same way.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
dotnet run --configuration Release --project bench/AiOutliers.Benchmarks -- model-samples samples "$@"
