"use strict";
// What the scripts share: each file adds its own names here and reads those of the files above it.
// A view is { label, draw(): { content, status }, image?: { label, file, blob() }, csv?() }, in the order of its tab.
const leviers = { views: new Map() };
