"""The integrity log: a Merkle tree over the stored bytes, its checkpoints, its proofs."""
