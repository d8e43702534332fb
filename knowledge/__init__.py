"""The lecture as data, and how it is found and asked. Imports no other folder of ours."""
