namespace ScopedTasks.Package.Tests;

/// <summary>What the clients compile.</summary>
internal static class Sources
{
    /// <summary>One mistake of each kind, in the oldest C# that the package knows.</summary>
    public const string Mail =
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Client
        {
            public class Mail
            {
                public Task SendAsync(string text, CancellationToken ct = default(CancellationToken))
                {
                    return Task.Delay(1, ct);
                }

                public void Queue(string text)
                {
                    SendAsync(text);
                }

                public async Task DiscardAsync(string text)
                {
                    _ = SendAsync(text);
                    await Task.Yield();
                }

                public async Task BlockAsync(string text)
                {
                    SendAsync(text).Wait();
                    await Task.Yield();
                }

                public async Task BurstAsync(List<string> texts)
                {
                    foreach (var text in texts)
                    {
                        _ = SendAsync(text);
                    }

                    await Task.Yield();
                }

                public async Task FanOutAsync(List<string> texts)
                {
                    await Task.WhenAll(texts.Select(text => SendAsync(text)));
                }
            }
        }
        """;

    /// <summary>A mistake whose first repair changes a signature and its caller.</summary>
    public const string Totals =
        """
        using System.Threading.Tasks;

        internal static class Totals
        {
            internal static async Task<int> TwiceAsync()
            {
                await Task.Yield();
                return 2 * Sum();
            }

            private static int Sum() => LoadAsync().Result;

            private static async Task<int> LoadAsync()
            {
                await Task.Yield();
                return 21;
            }
        }
        """;

    public const string TopLevel =
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        Action save = () => SaveAsync(1);
        save();
        await Task.Yield();
        CountAsync();

        static Task SaveAsync(int number) => Task.Delay(number);

        static async IAsyncEnumerable<int> CountAsync()
        {
            await Task.Yield();
            yield return 1;
        }
        """;

    /// <summary>A call without its closing parenthesis, a missing brace, and a mistake of ours between them.</summary>
    public const string SyntaxErrors =
        """
        using System.Threading.Tasks;

        public class Broken
        {
            public async Task SendAsync(string text
            {
                foreach (var x in new[] { 1, 2 ) { _ = SendAsync(; }
                await
            }

            public void Queue() { SendAsync("a") }
        """;

    public const string MissingReferences =
        """
        using Missing.Library;
        using System.Threading.Tasks;

        public class Orphan : MissingBase
        {
            public async MissingTask<int> LoadAsync(MissingArgument argument)
            {
                _ = LoadAsync(null);
                argument?.SendAsync();
                LoadAsync(argument).Wait();
                return await argument;
            }
        }
        """;
}
