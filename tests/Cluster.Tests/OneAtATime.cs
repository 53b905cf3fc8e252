// Each test runs a cluster on the same two cores and measures how soon it recovers.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
