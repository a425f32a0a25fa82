using Xunit;

// Programs print to the one console that a process has, and some measure what the process does.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
