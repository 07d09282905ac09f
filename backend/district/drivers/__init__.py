"""Barred drivers: licences lost for drugs, the vehicles tied to their holders, and camera passes after the loss."""
