"""Measurements, as ratios against a named peer or floor in the same run; `./run bench` prints them."""
