"""The local emulator of AWS, and the deploy onto it. Nothing of this runs in AWS."""
