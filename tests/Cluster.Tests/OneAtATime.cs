// Each test has a cluster of its own on the same two cores, and measures how soon it recovers.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
