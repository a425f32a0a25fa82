using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using ScopedTasks.Benchmarks.Peers;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>One of 100 000 children of a loop that do nothing, beside the same in node.</summary>
[Needs("node")]
[Title("A child of 100 000 that does nothing")]
public class LoopChildrenBesideNode
{
    private const int Count = 100_000;

    private readonly Peer _node = Peer.Start("node", "children.js");

    [Benchmark(Baseline = true, Description = "node's Promise.all", OperationsPerInvoke = Count)]
    public Task PromiseAll()
    {
        _node.Run(Count, groups: 1);
        return Task.CompletedTask;
    }

    [Gate(0.8, Bytes = 256)]
    [Benchmark(Description = "CoroutineGroup", OperationsPerInvoke = Count)]
    public Task Spawn()
    {
        EventLoop.Run(Children.RunAsync(Count));
        return Task.CompletedTask;
    }
}
