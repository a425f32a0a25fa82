using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using ScopedTasks.Benchmarks.Peers;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>One of 1 000 children of a loop that do nothing, beside the same in Python.</summary>
[Needs("python3")]
[Title("A child of 1 000 that does nothing")]
public class LoopChildrenBesidePython
{
    private const int Count = 1_000;
    private const int Groups = 10;

    private readonly Peer _python = Peer.Start("python3", "children.py");

    [Benchmark(Baseline = true, Description = "asyncio's TaskGroup", OperationsPerInvoke = Count * Groups)]
    public Task TaskGroups()
    {
        _python.Run(Count, Groups);
        return Task.CompletedTask;
    }

    [Gate(0.02, Bytes = 256)]
    [Benchmark(Description = "CoroutineGroup", OperationsPerInvoke = Count * Groups)]
    public Task Spawn()
    {
        EventLoop.Run(Many());
        return Task.CompletedTask;

        static async Coroutine Many()
        {
            for (var index = 0; index < Groups; index++)
                await Children.RunAsync(Count);
        }
    }
}
