using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

/// <summary>SCOPE206: a <c>using</c> whose disposal could be awaited, and <c>await using</c>.</summary>
public sealed class SyncDisposeTests : RuleTests<SyncDisposeAnalyzer, SyncDisposeFix>
{
    [Fact]
    public Task Names_what_is_disposed() => Reports(
        Async("using var file = [|File.Create(\"a\")|];"),
        "The 'using' of 'FileStream' holds the thread, and has 'DisposeAsync'; use 'await using'");

    [Fact]
    public Task Names_the_scope_that_could_be_asynchronous() => Reports(
        Async("using var scope = [|provider.CreateScope()|];"),
        "The 'using' of 'CreateScope' blocks, and throws for services that can only be disposed asynchronously; "
        + "use 'await using' with 'CreateAsyncScope'",
        WithScopes);

    [Theory]
    [InlineData("using (var file = [|File.Create(\"a\")|]) { }")]
    [InlineData("using (FileStream file = [|new FileStream(\"a\", FileMode.Create)|]) { }")]
    [InlineData("using (own) { }", "own")]
    [InlineData("using var writer = [|new StreamWriter(\"a\")|];")]
    [InlineData("using var writer = [|new StreamWriter(File.Create(\"a\"))|];")]
    [InlineData("using Own a = [|new Own()|], b = new Own();")]
    [InlineData("using (var d = [|new Derived()|]) { await Task.Yield(); }")]
    [InlineData("if (flag) { using var o = [|new Own()|]; }")]
    [InlineData("Func<Task> f = async () => { using var o = [|new Own()|]; await Task.Yield(); }; await f();")]
    [InlineData("async Task Local() { using var o = [|new Own()|]; await Task.Yield(); } await Local();")]
    public Task Reports_what_could_be_awaited(string statements, string? marked = null) => Reports(
        Async(marked is null ? statements : statements.Replace($"({marked})", $"([|{marked}|])")));

    [Theory]
    [InlineData("await using var file = File.Create(\"a\");")]
    [InlineData("await using (var file = File.Create(\"a\")) { }")]
    [InlineData("using var memory = new MemoryStream();")]
    [InlineData("using Stream memory = new MemoryStream();")]
    [InlineData("using var writer = new StreamWriter(new MemoryStream());")]
    [InlineData("using var memory = new MemoryStream(); using var writer = new StreamWriter(memory);")]
    [InlineData("using var text = new StringWriter();")]
    [InlineData("using var reader = new StringReader(\"\");")]
    [InlineData("using var file = File.OpenRead(\"a\");")]
    [InlineData("using var uploaded = await Own.OpenReadStreamAsync();")]
    [InlineData("using var file = new FileStream(\"a\", FileMode.Open, FileAccess.Read);")]
    [InlineData("using var file = File.Open(\"a\", FileMode.Open, FileAccess.Read, FileShare.Read);")]
    [InlineData("using System.Data.Common.DbCommand? command = null;")]
    [InlineData("using var body = await new System.Net.Http.HttpClient().GetStreamAsync(\"a\");")]
    [InlineData("using var source = new CancellationTokenSource();")]
    [InlineData("using var registration = default(CancellationToken).Register(() => { });")]
    [InlineData("using var timer = new Timer(_ => { });")]
    [InlineData("using var o = new OnlyDisposes();")]
    [InlineData("using var o = new OnlySync();")]
    [InlineData("using (var a = new Own()) lock (this) { }", false)]
    [InlineData("lock (this) { using var o = new Own(); }")]
    [InlineData("Action a = () => { using var o = new Own(); }; a();")]
    [InlineData("Task.Run(() => { using var o = new Own(); }).ToString();")]
    [InlineData("if (isAsync) { await using var a = new Own(); } else { using var o = new Own(); }")]
    public Task Ignores_what_has_nothing_to_wait_for(string statements, bool isSilent = true) =>
        isSilent ? Ignores(Async(statements)) : Reports(Async(statements.Replace("new Own()", "[|new Own()|]")));

    [Theory]
    [InlineData("void M() { using var o = new Own(); }")]
    [InlineData("Task M() { using var o = new Own(); return Task.CompletedTask; }")]
    [InlineData("int P { get { using var o = new Own(); return 1; } }")]
    public Task Ignores_code_that_is_not_async(string member) => Ignores(Member(member));

    [Theory]
    [InlineData(
        "using var file = [|File.Create(\"a\")|]; // open", "await using var file = File.Create(\"a\"); // open")]
    [InlineData(
        "using (var file = [|File.Create(\"a\")|]) { file.Flush(); }",
        "await using (var file = File.Create(\"a\")) { file.Flush(); }")]
    [InlineData("using (/* mine */ [|own|]) { }", "await using (/* mine */ own) { }")]
    [InlineData("using Own a = [|new Own()|], b = new Own();", "await using Own a = new Own(), b = new Own();")]
    [InlineData(
        "using (var a = [|new Own()|]) using (var b = [|new Own()|]) { }",
        "await using (var a = new Own()) await using (var b = new Own()) { }")]
    public Task Awaits_the_disposal(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData(
        "using var scope = [|provider.CreateScope()|]; scope.ServiceProvider.ToString();",
        "await using var scope = provider.CreateAsyncScope(); scope.ServiceProvider.ToString();")]
    [InlineData(
        "using (IServiceScope scope = [|provider.CreateScope()|]) { scope.ServiceProvider.ToString(); }",
        "await using (var scope = provider.CreateAsyncScope()) { scope.ServiceProvider.ToString(); }")]
    public Task Opens_an_asynchronous_scope(string before, string after) =>
        Fixes(Async(before), Async(after), code: WithScopes);

    [Fact]
    public Task Does_not_open_one_for_who_wants_the_other() => OffersNoFix(
        Async("IServiceScope? kept; using (var scope = [|provider.CreateScope()|]) { Keep(ref scope); } "
            + "void Keep(ref IServiceScope s) { kept = s; }").Replace("ref scope", "scope").Replace("ref I", "in I")
            .Replace("Keep(scope)", "Keep(in scope)"),
        code: WithScopes);

    [Fact]
    public Task Configures_what_is_awaited_where_all_else_is() => Fixes(
        Member(
            """
            async Task M()
                {
                    using var o = [|new Own()|];
                    await Task.Delay(1).ConfigureAwait(false);
                }
            """),
        Member(
            """
            async Task M()
                {
                    var o = new Own();
                    await using var oDisposal = o.ConfigureAwait(false);
                    await Task.Delay(1).ConfigureAwait(false);
                }
            """));

    [Fact]
    public Task Configures_a_statement() => Fixes(
        Member(
            """
            async Task M()
                {
                    using (var o = [|new Own()|])
                    {
                        await Task.Delay(1).ConfigureAwait(false);
                    }
                }
            """),
        Member(
            """
            async Task M()
                {
                    var o = new Own();
                    await using (o.ConfigureAwait(false))
                    {
                        await Task.Delay(1).ConfigureAwait(false);
                    }
                }
            """));

    [Fact]
    public Task Configures_an_expression() => Fixes(
        Member("async Task M(Own o) { using ([|o|]) { await Task.Delay(1).ConfigureAwait(false); } }"),
        Member(
            "async Task M(Own o) { await using (o.ConfigureAwait(false)) "
            + "{ await Task.Delay(1).ConfigureAwait(false); } }"));

    [Theory]
    [InlineData("async Task M(Own? o) { using ([|o|]) { await Task.Delay(1).ConfigureAwait(false); } }")]
    [InlineData(
        "async Task M() { using (Own a = [|new Own()|], b = new Own()) "
        + "{ await Task.Delay(1).ConfigureAwait(false); } }")]
    public Task Configures_nothing_that_may_be_null_or_is_several(string member) => OffersNoFix(Member(member));

    [Fact]
    public Task Needs_the_language() => OffersNoFix(
        """
        class C
        {
            async System.Threading.Tasks.Task M()
            {
                using (var f = [|System.IO.File.Create("a")|]) { await System.Threading.Tasks.Task.Yield(); }
            }
        }
        """,
        code: Code.CSharp7);

    private static Code WithScopes => Code.Default with
    {
        Sources =
        [
            (
                "/0/Scopes.cs",
                """
                namespace Microsoft.Extensions.DependencyInjection
                {
                    public interface IServiceScope : IDisposable { IServiceProvider ServiceProvider { get; } }

                    public readonly struct AsyncServiceScope : IServiceScope, IAsyncDisposable
                    {
                        public IServiceProvider ServiceProvider => null!;
                        public void Dispose() { }
                        public ValueTask DisposeAsync() => default;
                    }

                    public static class ServiceProviderServiceExtensions
                    {
                        public static IServiceScope CreateScope(this IServiceProvider provider) => null!;
                        public static AsyncServiceScope CreateAsyncScope(this IServiceProvider provider) => default;
                    }
                }
                """),
            ("/0/Usings.cs", "global using Microsoft.Extensions.DependencyInjection;"),
        ],
    };

    private static string Async(string statements) => Member(
        $$"""
        readonly Own own = new();

            async Task M(bool flag, bool isAsync, IServiceProvider provider)
            {
                await Task.Yield();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        using System.IO;

        class Own : IDisposable, IAsyncDisposable
        {
            public void Dispose() { }
            public virtual async ValueTask DisposeAsync() => await Task.Yield();
            public static async Task<Stream> OpenReadStreamAsync() => new FileStream("a", FileMode.Open);
        }

        class Derived : Own { }

        class OnlyDisposes : IDisposable, IAsyncDisposable
        {
            public void Dispose() { }
            public ValueTask DisposeAsync() { Dispose(); return default; }
        }

        class OnlySync : IDisposable { public void Dispose() { } }

        class C
        {
            {{member}}
        }
        """;
}
