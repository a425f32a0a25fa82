namespace Seeds.S1;

/// <summary>Asynchronous iterators and generators on the loop.</summary>
internal static class AsyncIterators
{
    [Row("S1-23", "A cursor that fetches rows in batches is iterated by await foreach")]
    internal static void Rows(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            await foreach (var row in new Cursor())
                Console.WriteLine(row);
        }
    }

    [Row("S1-24", "A generator may await, and every step of it runs on the thread of the loop")]
    internal static void WhatHappensNow(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var thread = Environment.CurrentManagedThreadId;
            await foreach (var value in Generator())
                Console.WriteLine(value);
            Console.WriteLine($"on the thread of the loop: {thread == Environment.CurrentManagedThreadId}");
        }

        static async IAsyncEnumerable<int> Generator()
        {
            // On the thread pool, unless somebody brings it back.
            await Task.Run(() => { }).ConfigureAwait(true);
            yield return 32;
        }
    }

    [Row("S1-25", "The ticker, as a class and as a generator")]
    internal static void Tickers(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            foreach (var ticks in new[] { new Ticker(Seconds(1), 5), Tick(Seconds(1), 5) })
            {
                var start = Now();
                await foreach (var i in ticks)
                    Console.WriteLine($"{i} at {Elapsed(start):F0} s");
            }
        }
    }

    [Row("S1-27", "A generator is not awaited but iterated")]
    internal static void Oops(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            await foreach (var o in One())
                Console.WriteLine(o);
        }
    }

    [Row("S1-28", "A synchronous function makes an asynchronous sequence; nothing runs until it is iterated")]
    internal static void LazySequence(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var sequence = BoringOldFunction(Tick(Seconds(1), 4));
            Console.WriteLine("nothing has run");
            await foreach (var value in sequence)
                Console.WriteLine(value);
        }

        static IAsyncEnumerable<string> BoringOldFunction(IAsyncEnumerable<int> source) =>
            source
                .Where(async (x, _) => !await Other(x))
                .Select(async (int x, CancellationToken _) => await Function(x));

        static async Coroutine<bool> Other(int x)
        {
            await Coroutine.Yield();
            Console.WriteLine($"other({x})");
            return x % 2 == 0;
        }

        static async Coroutine<string> Function(int x)
        {
            await Coroutine.Yield();
            return $"func({x})";
        }
    }

    [Row("S1-29", "Comprehensions: a set, a list and a dictionary of what a generator gives")]
    internal static void Comprehensions(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var set = await One().ToHashSetAsync();
            var list = await One().ToListAsync();
            var dictionary = await One().ToDictionaryAsync(i => i, i => i);
            Console.WriteLine($"{{{string.Join(", ", set)}}}");
            Console.WriteLine($"[{string.Join(", ", list)}]");
            Console.WriteLine($"{{{string.Join(", ", dictionary.Select(pair => $"{pair.Key}: {pair.Value}"))}}}");
        }
    }

    [Row("S1-30", "A generator that somebody has left in the middle is closed before the loop ends")]
    internal static void Leftover(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));
        Console.WriteLine("the loop has ended");

        static async Coroutine Main()
        {
            var enumerator = CleansUp().GetAsyncEnumerator();
            EventLoop.Current!.TrackAsyncEnumerator(enumerator);
            await enumerator.MoveNextAsync();
            Console.WriteLine($"took {enumerator.Current}, and went away");
        }

        static async IAsyncEnumerable<int> CleansUp()
        {
            try
            {
                yield return 1;
                yield return 2;
            }
            finally
            {
                await Coroutine.Sleep(Seconds(1));
                Console.WriteLine("generator cleaned up");
            }
        }
    }

    [Row("S1-31", "A generator is cancelled like a coroutine, and its finally block runs")]
    internal static void Cancelled(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            await Coroutine.MoveOnAfterAsync(Seconds(1), async _ =>
            {
                await foreach (var i in TickWithCleanup(Seconds(2)))
                    Console.WriteLine(i);
            });
        }

        static async IAsyncEnumerable<int> TickWithCleanup(TimeSpan delay)
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    yield return i;
                    await Coroutine.Sleep(delay);
                }
            }
            finally
            {
                Console.WriteLine("cleanup");
            }
        }
    }

    [Row("S1-35", "The endless loop lives in the iterator: records until somebody cancels")]
    internal static void Records(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            await using var consumer = new Consumer();
            await Coroutine.MoveOnAfterAsync(Seconds(5.5), async _ =>
            {
                await foreach (var record in consumer)
                    Console.WriteLine(record);
            });
        }
    }

    private static async IAsyncEnumerable<int> One()
    {
        await Coroutine.Yield();
        yield return 1;
    }

    private static async IAsyncEnumerable<int> Tick(TimeSpan delay, int to)
    {
        for (var i = 0; i < to; i++)
        {
            yield return i;
            await Coroutine.Sleep(delay);
        }
    }

    /// <summary>Gives the numbers up to a limit, one each time a delay has passed.</summary>
    private sealed class Ticker(TimeSpan delay, int to) : IAsyncEnumerable<int>, IAsyncEnumerator<int>
    {
        private int _next;

        public int Current { get; private set; }

        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public async ValueTask<bool> MoveNextAsync()
        {
            if (_next >= to)
                return false;
            Current = _next++;
            if (Current > 0)
                await Coroutine.Sleep(delay);
            return true;
        }

        public ValueTask DisposeAsync() => default;
    }

    /// <summary>Gives rows from a buffer, and fills it when it is empty.</summary>
    private sealed class Cursor : IAsyncEnumerable<string>, IAsyncEnumerator<string>
    {
        private readonly Queue<string> _buffer = new();
        private int _batches;

        public string Current { get; private set; } = "";

        public IAsyncEnumerator<string> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public async ValueTask<bool> MoveNextAsync()
        {
            if (_buffer.Count == 0)
                await Prefetch();
            if (!_buffer.TryDequeue(out var row))
                return false;
            Current = row;
            return true;
        }

        public ValueTask DisposeAsync() => default;

        private async Coroutine Prefetch()
        {
            await Coroutine.Sleep(Seconds(0.1));
            if (_batches == 3)
                return;
            _batches++;
            _buffer.Enqueue($"row {2 * _batches - 1}");
            _buffer.Enqueue($"row {2 * _batches}");
        }
    }

    /// <summary>Polls for ever; a record comes every second.</summary>
    private sealed class Consumer : IAsyncEnumerable<string>, IAsyncDisposable
    {
        private int _records;

        public async IAsyncEnumerator<string> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            while (true)
                yield return await NextRecord();
        }

        public async ValueTask DisposeAsync() => Console.WriteLine("consumer disposed");

        private async Coroutine<string> NextRecord()
        {
            for (var polls = 0; polls < 4; polls++)
                await Coroutine.Sleep(Seconds(0.25));
            return $"record {++_records}";
        }
    }
}
