using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Iterators that nobody has closed when a run ends.</summary>
public sealed class LeftoverIteratorTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void Iterators_LeftoverClosedAtShutdown()
    {
        OnLoop.Run(async () =>
        {
            var leftover = Count("leftover").GetAsyncEnumerator();
            EventLoop.Current!.TrackAsyncEnumerator(leftover);
            Assert.True(await leftover.MoveNextAsync());
            await foreach (var _ in Count("exhausted"))
            {
            }
            _log.Add("main");
        });
        Assert.Equal(["exhausted closed", "main", "leftover closed"], _log);

        async IAsyncEnumerable<int> Count(string name)
        {
            try
            {
                yield return 1;
                await Coroutine.Yield();
                yield return 2;
            }
            finally
            {
                await Coroutine.Sleep(OnLoop.Seconds(1));
                _log.Add($"{name} closed");
            }
        }
    }

    [Fact]
    public void Iterators_InterdependentOrder()
    {
        OnLoop.Run(async () =>
        {
            var loop = EventLoop.Current!;
            for (var number = 0; number <= 100; number++)
            {
                var iterator = One(number).GetAsyncEnumerator();
                loop.TrackAsyncEnumerator(iterator);
                await iterator.MoveNextAsync();
            }
        });
        Assert.Equal(Enumerable.Range(0, 101).Reverse().Select(number => $"{number}"), _log);

        async IAsyncEnumerable<int> One(int number)
        {
            try
            {
                await Task.CompletedTask;
                yield return number;
            }
            finally
            {
                _log.Add($"{number}");
            }
        }
    }

    [Fact]
    public void Iterators_ThrowDuringShutdown_Reported()
    {
        using var events = new Events();
        OnLoop.Run(async () =>
        {
            foreach (var name in new[] { "first", "second" })
            {
                var leftover = Fails(name).GetAsyncEnumerator();
                EventLoop.Current!.TrackAsyncEnumerator(leftover);
                await leftover.MoveNextAsync();
            }
            _log.Add("main");
        });
        Assert.Equal(["main", "second", "first"], _log);
        Assert.Contains(events.All, text => text.Contains("the iterator 'second' does not close"));
        Assert.Contains(events.All, text => text.Contains("the iterator 'first' does not close"));

        async IAsyncEnumerable<int> Fails(string name)
        {
            try
            {
                await Task.CompletedTask;
                yield return 1;
            }
            finally
            {
                _log.Add(name);
                throw new FormatException($"the iterator '{name}' does not close");
            }
        }
    }
}
