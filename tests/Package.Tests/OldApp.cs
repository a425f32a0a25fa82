namespace ScopedTasks.Package.Tests;

/// <summary>A .NET Framework program in C# 7.3 that uses every part of the runtime once.</summary>
internal static class OldApp
{
    public static string[] Output { get; } =
    [
        "sum 42",
        "both 1 two",
        "failures 2",
        "reported open: InvalidOperationException",
        "outer token",
        "enough",
        "at once True",
        "squares 1 4 9 16",
        "total 6",
        "winner 2",
        "port 80, pool 7, service, resource",
        "finished False",
        "timeout",
        "own True",
        "free False",
        "borrowed 0",
        "audit failed",
        "running 0",
    ];

    public const string Program =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using ScopedTasks;

        namespace Client
        {
            public static class Program
            {
                public static async Task Main()
                {
                    await ValuesAsync();
                    await FailuresAsync();
                    await ScopeFormAsync();
                    await CancellationAsync();
                    await QueueAsync();
                    await SequencesAsync();
                    await OtherChildrenAsync();
                    await ScopesAsync();
                    await LimiterAsync();
                    await BackgroundAsync();
                }

                private static async Task ValuesAsync()
                {
                    var sum = await TaskGroup.RunAsync(async group =>
                    {
                        var first = group.Run(ct => NumberAsync(20, ct), "first");
                        var second = group.Run(async ct =>
                        {
                            await Task.Yield();
                            return 22;
                        });
                        group.Spawn(ct => Task.Delay(1, ct));
                        return await first + await second;
                    }).ConfigureAwait(false);
                    Console.WriteLine("sum " + sum);

                    var (a, b) = await TaskGroup.WhenAllAsync(ct => NumberAsync(1, ct), ct => Task.FromResult("two"));
                    Console.WriteLine("both " + a + " " + b);
                }

                private static async Task FailuresAsync()
                {
                    var options = TaskGroupOptions.Collect;
                    options.Name = "import";
                    var run = TaskGroup.RunAsync(
                        group =>
                        {
                            group.Spawn(ct => throw new FormatException());
                            group.Spawn(ct => throw new ArithmeticException());
                        },
                        options);
                    try
                    {
                        await run;
                    }
                    catch (FormatException)
                    {
                        Console.WriteLine("failures " + run.Exception.InnerExceptions.Count);
                    }
                }

                private static async Task ScopeFormAsync()
                {
                    var reports = new List<string>();
                    var options = new TaskGroupOptions
                    {
                        Name = "open",
                        OnUnobservedException = (name, exception) => reports.Add(name + ": " + exception.GetType().Name),
                    };
                    var group = TaskGroup.Open(options);
                    try
                    {
                        group.Spawn(ct => Task.Delay(1, ct));
                        await group.CompleteAsync();
                    }
                    finally
                    {
                        await group.DisposeAsync();
                    }
                    group = TaskGroup.Open(options);
                    group.Spawn(ct => Task.Delay(Timeout.Infinite, ct));
                    await group.DisposeAsync();
                    Console.WriteLine("reported " + string.Join(", ", reports));
                }

                private static async Task CancellationAsync()
                {
                    using (var outer = new CancellationTokenSource())
                    {
                        var run = TaskGroup.RunAsync(g => g.Spawn(ct => Task.Delay(Timeout.Infinite, ct)), outer.Token);
                        outer.Cancel();
                        try
                        {
                            await run;
                        }
                        catch (OperationCanceledException e) when (e.CancellationToken == outer.Token)
                        {
                            Console.WriteLine("outer token");
                        }
                    }
                    await TaskGroup.RunAsync(group =>
                    {
                        group.Spawn(ct => Task.Delay(Timeout.Infinite, ct));
                        group.Cancel("enough");
                        Console.WriteLine(group.CancellationReason);
                    });
                }

                private static async Task QueueAsync()
                {
                    var running = 0;
                    var most = 0;
                    await TaskGroup.RunAsync(
                        async group =>
                        {
                            for (var i = 0; i < 20; i++)
                            {
                                await group.SpawnAsync(async ct =>
                                {
                                    most = Math.Max(most, Interlocked.Increment(ref running));
                                    await Task.Yield();
                                    Interlocked.Decrement(ref running);
                                });
                            }
                        },
                        new TaskGroupOptions { MaxConcurrency = 2 });
                    Console.WriteLine("at once " + (most <= 2));
                }

                private static async Task SequencesAsync()
                {
                    var squares = await TaskGroup.SelectAsync(
                        Enumerable.Range(1, 4),
                        (item, ct) => NumberAsync(item * item, ct),
                        maxConcurrency: 2);
                    Console.WriteLine("squares " + string.Join(" ", squares));
                    var total = 0;
                    await TaskGroup.ForEachAsync(
                        new[] { 1, 2, 3 },
                        (item, ct) => Task.FromResult(Interlocked.Add(ref total, item)),
                        maxConcurrency: 2);
                    Console.WriteLine("total " + total);
                    var winner = await TaskGroup.RaceAsync(new Func<CancellationToken, Task<int>>[]
                    {
                        async ct =>
                        {
                            await Task.Delay(Timeout.Infinite, ct);
                            return 1;
                        },
                        ct => NumberAsync(2, ct),
                    });
                    Console.WriteLine("winner " + winner);
                }

                private static async Task OtherChildrenAsync()
                {
                    var trace = new List<string>();
                    await TaskGroup.RunAsync(async group =>
                    {
                        group.Own(new Resource(trace));
                        group.RunService(async ct =>
                        {
                            try
                            {
                                await Task.Delay(Timeout.Infinite, ct);
                            }
                            finally
                            {
                                trace.Add("service");
                            }
                        });
                        var port = await group.StartAsync<int>((signal, ct) =>
                        {
                            signal.SetStarted(80);
                            return Task.CompletedTask;
                        });
                        trace.Add("port " + port);
                        trace.Add("pool " + await group.RunOnThreadPool(ct => 7));
                    });
                    Console.WriteLine(string.Join(", ", trace));
                }

                private static async Task ScopesAsync()
                {
                    var moved = await CancelScope.MoveOnAfterAsync(
                        TimeSpan.FromMilliseconds(1),
                        ct => Task.Delay(Timeout.Infinite, ct));
                    Console.WriteLine("finished " + moved);
                    try
                    {
                        await CancelScope.FailAfterAsync(
                            TimeSpan.FromMilliseconds(1),
                            ct => Task.Delay(Timeout.Infinite, ct));
                    }
                    catch (TimeoutException)
                    {
                        Console.WriteLine("timeout");
                    }
                    using (var scope = new CancelScope())
                    {
                        scope.CancelAfter(TimeSpan.FromMilliseconds(1));
                        try
                        {
                            await Task.Delay(Timeout.Infinite, scope.Token);
                        }
                        catch (OperationCanceledException e) when (scope.Owns(e))
                        {
                            Console.WriteLine("own " + scope.CancellationCaught);
                        }
                    }
                }

                private static async Task LimiterAsync()
                {
                    var limiter = new CapacityLimiter(1);
                    using (await limiter.AcquireAsync())
                    {
                        Console.WriteLine("free " + limiter.TryAcquire(out _));
                    }
                    Console.WriteLine("borrowed " + limiter.BorrowedTokens);
                }

                private static async Task BackgroundAsync()
                {
                    BackgroundTasks.Failed += failure => Console.WriteLine(failure.Name + " failed");
                    BackgroundTasks.Spawn(ct => throw new FormatException(), "audit");
                    BackgroundTasks.Spawn(ct => Task.Delay(Timeout.Infinite, ct));
                    await BackgroundTasks.DrainAsync(TimeSpan.Zero);
                    Console.WriteLine("running " + BackgroundTasks.RunningCount);
                }

                private static async Task<int> NumberAsync(int number, CancellationToken cancellationToken)
                {
                    await Task.Delay(1, cancellationToken);
                    return number;
                }

                private sealed class Resource : IDisposable
                {
                    private readonly List<string> trace;

                    public Resource(List<string> trace)
                    {
                        this.trace = trace;
                    }

                    public void Dispose()
                    {
                        trace.Add("resource");
                    }
                }
            }
        }
        """;
}
