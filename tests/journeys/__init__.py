"""Journeys: whole stories through the verbs, with travelling time."""
