"""What requests may say, by domain: parameters and bodies, bounded, nothing unknown accepted."""
