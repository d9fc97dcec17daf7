"""The measurements that are kept; `make bench` runs them all and writes bench/results."""
