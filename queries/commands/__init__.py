"""The commands of leviers, one file each: parse, call, print."""
