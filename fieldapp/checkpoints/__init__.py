"""Checkpoints: the posts on the roads into the villages."""

from fieldapp.checkpoints.models import CheckpointPost

__all__ = ["CheckpointPost"]
