using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ScopedTasks.Benchmarks.Analyzers;

/// <summary>Writes code of any length: services as people write them, with right and wrong starts of work.</summary>
internal static class GeneratedCode
{
    private const string Service = """
        namespace Shop.Part#;

        public sealed class Orders#(HttpClient client) : IAsyncDisposable
        {
            private readonly SemaphoreSlim _gate = new(4);
            private readonly CancellationTokenSource _stop = new();
            private Task? _loop;

            public event Func<int, Task>? Changed;

            public void Start() => _loop = Task.Run(() => RefreshAsync(_stop.Token));

            public async Task<int> CountAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
            {
                var first = LoadAsync(names[0], cancellationToken);
                var second = LoadAsync(names[^1], cancellationToken);
                if (names.Count > 100)
                    return (await first).Length;
                try
                {
                    return (await first).Length + (await second).Length;
                }
                catch (HttpRequestException)
                {
                    return 0;
                }
            }

            public async Task SendAllAsync(IEnumerable<string> names, CancellationToken cancellationToken)
            {
                var pending = new List<Task>();
                foreach (var name in names)
                {
                    await _gate.WaitAsync(cancellationToken);
                    pending.Add(SendAsync(name, cancellationToken));
                }

                await Task.WhenAll(pending);
                await Task.WhenAll(names.Select(name => LoadAsync(name, cancellationToken)));
            }

            public async Task<string> LoadAsync(string name, CancellationToken cancellationToken)
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                timeout.CancelAfter(TimeSpan.FromSeconds(5));
                var request = client.GetStringAsync(new Uri("/" + name, UriKind.Relative), timeout.Token);
                var finished = await Task.WhenAny(request, Task.Delay(1_000, timeout.Token));
                return finished == request ? await request : "";
            }

            public string Cached(string name)
            {
                var value = LoadAsync(name, CancellationToken.None).Result;
                Changed?.Invoke(value.Length);
                return value;
            }

            public async ValueTask DisposeAsync()
            {
                _stop.Cancel();
                if (_loop is { } loop)
                    await loop;
                _stop.Dispose();
            }

            private async Task SendAsync(string name, CancellationToken cancellationToken)
            {
                try
                {
                    _ = LoadAsync(name, cancellationToken);
                    await Task.Yield();
                }
                finally
                {
                    _gate.Release();
                }
            }

            private async Task RefreshAsync(CancellationToken cancellationToken)
            {
                while (!cancellationToken.IsCancellationRequested)
                {
                    var sums = Enumerable.Range(0, 20).Where(number => number % 2 == 0).Select(number => number * 3);
                    foreach (var sum in sums.OrderByDescending(number => number))
                        Console.WriteLine($"{sum}: {names(sum)}");
                    await Task.Delay(100, cancellationToken);
                }

                static string names(int sum) => sum switch { < 10 => "few", < 100 => "some", _ => "many" };
            }
        }
        """;

    private const string Step = """
                var task# = LoadAsync("#", cancellationToken);
                if (total > #)
                {
                    total += (await task#).Length;
                }
                else
                {
                    using var stream# = new MemoryStream();
                    await stream#.WriteAsync(new byte[total], cancellationToken);
                    total = (await task#).Length;
                }

        """;

    /// <summary>As many services as asked for, each in a file of its own.</summary>
    public static IEnumerable<string> Services(int count) =>
        Enumerable.Range(0, count).Select(number => Service.Replace("#", $"{number}"));

    /// <summary>One method, of at least so many lines.</summary>
    public static string LongMethod(int lines)
    {
        var steps = lines / Step.Split('\n').Length;
        var text = new StringBuilder(
            """
            public static class Long
            {
                public static async Task<int> RunAsync(CancellationToken cancellationToken)
                {
                    var total = 0;

            """);
        for (var step = 0; step < steps; step++)
            text.Append(Step.Replace("#", $"{step}"));
        return text.Append(
            """
                    return total;
                }

                private static async Task<string> LoadAsync(string name, CancellationToken cancellationToken)
                {
                    await Task.Delay(1, cancellationToken);
                    return name;
                }
            }
            """).ToString();
    }
}
