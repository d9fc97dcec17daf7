"""What is read from the record: work list, case page, timeline; all of it through `policy.visible`."""
