# Sourced: gathers the licences of the packages that a self-contained publish hands on.

# collect_licenses PUBLISH-FOLDER OUT-FOLDER: a list of packages with their licences, and the texts that the packages bring.
collect_licenses() {
  local store name folder license
  store=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: *//; s:/*$::')
  mkdir -p "$2"
  # Names and versions are the keys of the libraries in deps.json; what is not in the store is ours.
  grep -oE '"[A-Za-z0-9._-]+/[0-9][^"]*": \{' "$1/rb-aioutliers.deps.json" | tr -d '"{ ' | sed 's/:$//; s/^runtimepack\.//' \
    | sort -u | while read -r name; do
    folder=$store/${name,,}
    [ -d "$folder" ] || continue
    license=$(sed -n 's:.*<license[^>]*>\(.*\)</license>.*:\1:p' "$folder"/*.nuspec)
    [ -n "$license" ] || license=$(sed -n 's:.*<licenseUrl>\(.*\)</licenseUrl>.*:\1:p' "$folder"/*.nuspec)
    echo "$name $license" >> "$2/PACKAGES"
    find "$folder" -maxdepth 1 -type f \( -iname '*license*' -o -iname '*notice*' \) | while read -r text; do
      cp "$text" "$2/${name%/*}-$(basename "$text")"
    done
  done
}
