using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>The fixes of SCOPE113: await within the scope, a group within the scope.</summary>
public sealed class OutlivedResourceFixTests : RuleTests<OutlivedResourceAnalyzer, OutlivedResourceFix>
{
    [Fact]
    public Task Awaits_what_was_returned() => Fixes(
        Class("""
            public Task SendAsync(int order)
                {
                    // one for each
                    using var file = new Connection();
                    return [|file.SendAsync(order)|]; // sent
                }
            """),
        Class("""
            public async Task SendAsync(int order)
                {
                    // one for each
                    using var file = new Connection();
                    await file.SendAsync(order); // sent
                }
            """),
        title: "Make the function 'async' and await it");

    [Theory]
    [InlineData(
        """
        Task<int> ReadAsync()
            {
                using (var file = new Connection())
                {
                    return [|file.ReadAsync()|];
                }
            }
        """,
        """
        async Task<int> ReadAsync()
            {
                using (var file = new Connection())
                {
                    return await file.ReadAsync();
                }
            }
        """)]
    [InlineData(
        """
        internal static Task<int> ReadAsync(int order)
            {
                if (order < 0)
                {
                    return Task.FromResult(order + 1);
                }

                using var file = new Connection();
                return order > 3 ? [|file.ReadAsync()|] : Task.FromResult(2);
            }
        """,
        """
        internal static async Task<int> ReadAsync(int order)
            {
                if (order < 0)
                {
                    return order + 1;
                }

                using var file = new Connection();
                return await (order > 3 ? file.ReadAsync() : Task.FromResult(2));
            }
        """)]
    [InlineData(
        """
        Task SendAsync(int order)
            {
                if (order < 0)
                    return Task.CompletedTask;

                using (var file = new Connection())
                {
                    if (order > 3)
                        return [|file.SendAsync(order)|];

                    if (order > 2)
                    {
                        return OtherAsync();
                    }
                }

                return Task.CompletedTask;
            }
        """,
        """
        async Task SendAsync(int order)
            {
                if (order < 0)
                    return;

                using (var file = new Connection())
                {
                    if (order > 3)
                    {
                        await file.SendAsync(order);
                        return;
                    }

                    if (order > 2)
                    {
                        await OtherAsync();
                        return;
                    }
                }
            }
        """)]
    [InlineData(
        """
        ValueTask<int> ReadAsync(bool isEmpty)
            {
                if (isEmpty)
                {
                    return new ValueTask<int>(0);
                }

                using var file = new Connection();
                return new ValueTask<int>([|file.ReadAsync()|]);
            }
        """,
        """
        async ValueTask<int> ReadAsync(bool isEmpty)
            {
                if (isEmpty)
                {
                    return 0;
                }

                using var file = new Connection();
                return await new ValueTask<int>(file.ReadAsync());
            }
        """)]
    [InlineData(
        """
        Task SendAsync()
            {
                var file = new Connection();
                try
                {
                    return [|file.SendAsync(1)|];
                }
                finally
                {
                    file.Dispose();
                }
            }
        """,
        """
        async Task SendAsync()
            {
                var file = new Connection();
                try
                {
                    await file.SendAsync(1);
                }
                finally
                {
                    file.Dispose();
                }
            }
        """)]
    [InlineData(
        """
        Func<Task<int>> Reader() => () =>
            {
                using var file = new Connection();
                var read = [|file.ReadAsync()|];
                return read;
            };
        """,
        """
        Func<Task<int>> Reader() => async () =>
            {
                using var file = new Connection();
                var read = file.ReadAsync();
                return await read;
            };
        """)]
    [InlineData(
        """
        async Task RunAsync()
            {
                await OtherAsync();
                await Local(2);

                static Task Local(int order)
                {
                    using var file = new Connection();
                    return [|file.SendAsync(order)|];
                }
            }
        """,
        """
        async Task RunAsync()
            {
                await OtherAsync();
                await Local(2);

                static async Task Local(int order)
                {
                    using var file = new Connection();
                    await file.SendAsync(order);
                }
            }
        """)]
    public Task Awaits_it_in_every_function(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("Task M(int i) { if (i < 0) throw new ArgumentException(); using var file = new Connection(); "
        + "return [|file.SendAsync(i)|]; }")]
    [InlineData("Task M(string s) { ArgumentNullException.ThrowIfNull(s); using var file = new Connection(); "
        + "return [|file.SendAsync(1)|]; }")]
    [InlineData("Task M(string s) { _ = s ?? throw new ArgumentException(); using var file = new Connection(); "
        + "return [|file.SendAsync(1)|]; }")]
    [InlineData("Task M() { lock (_connection) { return [|_connection.SendAsync(1)|]; } }")]
    [InlineData("Task M(out int i) { i = 1; using var file = new Connection(); return [|file.SendAsync(1)|]; }")]
    [InlineData("Task M(ref int i) { using var file = new Connection(); return [|file.SendAsync(i)|]; }")]
    [InlineData("Task M(int i) { if (i < 0) return null!; using var file = new Connection(); "
        + "return [|file.SendAsync(1)|]; }")]
    [InlineData("Task M() { Monitor.Enter(_connection); using var file = new Connection(); "
        + "return [|file.SendAsync(1)|]; }")]
    [InlineData("Task M() { using var scope = new System.Transactions.TransactionScope(); return [|OtherAsync()|]; }")]
    [InlineData("Task P { get { using var file = new Connection(); return [|file.SendAsync(1)|]; } }")]
    public Task Leaves_what_callers_would_notice(string member) => OffersNoFix(Class(member));

    [Fact]
    public Task Awaits_it_in_old_code() => Fixes(
        """
        using System.IO;
        using System.Threading.Tasks;

        class Shop
        {
            internal Task<int> ReadAsync(string path, byte[] bytes)
            {
        #if NET472
        #endif
                using (var file = File.OpenRead(path)) // closed
                {
                    /* all of it */
                    return [|file.ReadAsync(bytes, 0, bytes.Length)|];
                }
            }
        }
        """,
        """
        using System.IO;
        using System.Threading.Tasks;

        class Shop
        {
            internal async Task<int> ReadAsync(string path, byte[] bytes)
            {
        #if NET472
        #endif
                using (var file = File.OpenRead(path)) // closed
                {
                    /* all of it */
                    return await file.ReadAsync(bytes, 0, bytes.Length);
                }
            }
        }
        """,
        code: Code.Framework);

    [Theory]
    [InlineData(
        """
        Task SendAsync(int order)
            {
                using var file = new Connection();
                switch (order)
                {
                    case 1:
                        return [|file.SendAsync(1)|];
                    default:
                        return OtherAsync();
                }
            }
        """,
        """
        async Task SendAsync(int order)
            {
                using var file = new Connection();
                switch (order)
                {
                    case 1:
                        await file.SendAsync(1);
                        return;
                    default:
                        await OtherAsync();
                        return;
                }
            }
        """)]
    [InlineData(
        "[Obsolete] Task<int> M() { using var file = new Connection(); return [|file.ReadAsync()|]; }",
        "[Obsolete] async Task<int> M() { using var file = new Connection(); return await file.ReadAsync(); }")]
    [InlineData(
        "Func<int, Task<int>> F = static order => { using var file = new Connection(); return [|file.ReadAsync()|]; };",
        "Func<int, Task<int>> F = static async order => { using var file = new Connection(); "
            + "return await file.ReadAsync(); };")]
    [InlineData(
        "Func<Task<int>> F = delegate { using var file = new Connection(); return [|file.ReadAsync()|]; };",
        "Func<Task<int>> F = async delegate { using var file = new Connection(); return await file.ReadAsync(); };")]
    public Task Awaits_it_in_every_place(string before, string after) =>
        Fixes(Class(before), Class(after));

    [Fact]
    public Task Opens_a_group_within_the_scope() => Fixes(
        Class("""
            async Task RunAsync()
                {
                    using var file = new Connection();
                    _ = [|file.SendAsync(1)|];
                    await OtherAsync();
                }
            """),
        Class(
            """
            async Task RunAsync()
                {
                    using var file = new Connection();
                    await TaskGroup.RunAsync(async group =>
                    {
                        group.Spawn(ct => file.SendAsync(1));
                        await OtherAsync();
                    }, TaskGroupOptions.Supervise);
                }
            """,
            isFixed: true));

    [Fact]
    public Task Keeps_the_task_within_the_scope() => Fixes(
        Class("""
            async Task RunAsync(bool waits)
                {
                    using (var file = new Connection())
                    {
                        var sent = [|file.SendAsync(1)|];
                        if (waits)
                        {
                            await sent;
                        }
                    }

                    await OtherAsync();
                }
            """),
        Class(
            """
            async Task RunAsync(bool waits)
                {
                    using (var file = new Connection())
                    {
                        await TaskGroup.RunAsync(async group =>
                        {
                            var sent = group.Run(ct => file.SendAsync(1));
                            if (waits)
                            {
                                await sent;
                            }
                        }, TaskGroupOptions.Collect);
                    }

                    await OtherAsync();
                }
            """,
            isFixed: true));

    [Theory]
    [InlineData("async Task M() { Task sent; using (var file = new Connection()) { sent = [|file.SendAsync(1)|]; } "
        + "await sent; }")]
    [InlineData("void M() { using var file = new Connection(); [|file.SendAsync(1)|]; }")]
    public Task Opens_no_group_outside_of_it(string member) => OffersNoFix(Class(member));

    private static string Class(string member, bool isFixed = false) =>
        (isFixed ? "using ScopedTasks;\n\n" : "")
        + $$"""
        class Connection : IDisposable
        {
            public Task SendAsync(int order) => Task.Delay(order);
            public Task<int> ReadAsync() => Task.Run(() => 1);
            public void Dispose() { }
        }

        class Shop
        {
            private readonly Connection _connection = new();

            {{member}}

            static Task OtherAsync() => Task.Delay(1);
        }
        """;
}
