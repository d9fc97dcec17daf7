"""The record for programs: a file a resource. Nothing here decides anything."""
