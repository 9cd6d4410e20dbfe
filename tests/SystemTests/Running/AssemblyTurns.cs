// Each story runs a whole Earmark: more than two at once starve each other on the two cores the gate is measured on.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
