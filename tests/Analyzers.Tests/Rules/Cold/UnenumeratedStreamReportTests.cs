using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

public sealed partial class UnenumeratedStreamTests
{
    [Theory]
    [InlineData("[|ReadAsync()|];")]
    [InlineData("[|feed.Read()|];")]
    [InlineData("feed?[|.Read()|];")]
    [InlineData("_ = [|ReadAsync()|];")]
    [InlineData("_ = flag ? [|ReadAsync()|] : [|feed.Read()|];")]
    [InlineData("var items = [|ReadAsync()|];")]
    [InlineData("IAsyncEnumerable<int> items; items = [|ReadAsync()|];")]
    [InlineData("var items = [|ReadAsync()|]; items = null!;")]
    [InlineData("[|ReadAsync()|].WithCancellation(token);")]
    [InlineData("[|ReadAsync()|].ConfigureAwait(false);")]
    [InlineData("_ = [|ReadAsync()|].WithCancellation(token).ConfigureAwait(false);")]
    [InlineData("var items = ReadAsync(); [|items.WithCancellation(token)|];")]
    [InlineData("[|set.AsAsyncEnumerable()|];")]
    [InlineData("[|call.ResponseStream.ReadAllAsync(token)|];")]
    [InlineData("[|channel.Reader.ReadAllAsync()|];")]
    [InlineData("Action act = () => [|ReadAsync()|];")]
    [InlineData("Parallel.Invoke(() => [|ReadAsync()|]);")]
    [InlineData("void Local() => [|ReadAsync()|];")]
    [InlineData("[|Pages()|];")]
    public Task Reports_a_stream_that_nobody_enumerates(string statements)
    {
        return Both();

        async Task Both()
        {
            await Reports(Sync(statements));
            await Reports(Async(statements));
        }
    }

    [Fact]
    public Task Reports_in_top_level_code() => Reports(
        """
        [|ReadAsync()|];

        static async IAsyncEnumerable<int> ReadAsync()
        {
            await Task.Yield();
            yield return 1;
        }
        """,
        Code.Program);

    [Fact]
    public Task Reports_in_an_expression_body() => Reports(
        """
        class C
        {
            void M(IAsyncEnumerable<int> items) => [|items.WithCancellation(default)|];
        }
        """);

    [Fact]
    public Task Reports_where_the_compiler_says_only_that_the_call_is_not_awaited() => Reports(
        """
        class C
        {
            async Task M()
            {
                {|CS4014:{|SCOPE302:ReadAsync()|}|};
                await Task.Yield();
            }

            async IAsyncEnumerable<int> ReadAsync()
            {
                await Task.Yield();
                yield return 1;
            }
        }
        """,
        Code.Default with { Compiler = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.Warnings });

    [Fact]
    public Task Says_that_it_never_runs() => Reports(
        Async("[|feed.Read()|];"),
        "'Read' produces an async stream that nobody enumerates, so it never runs; enumerate it with 'await foreach'");

    [Fact]
    public Task Says_what_to_do_in_code_that_cannot_await() => Reports(
        Sync("[|feed.Read()|];"),
        "'Read' produces an async stream that nobody enumerates, so it never runs; pass it on, or enumerate it with "
        + "'await foreach' in async code");

    [Fact]
    public Task Says_what_to_do_with_a_local() => Reports(
        Async("var items = [|feed.Read()|];"),
        "'Read' produces an async stream that nobody enumerates, so it never runs; enumerate the local with "
        + "'await foreach'");

    [Theory]
    [InlineData("await foreach (var item in ReadAsync()) { }")]
    [InlineData("await foreach (var item in ReadAsync().WithCancellation(token).ConfigureAwait(false)) { }")]
    [InlineData("var items = ReadAsync(); await foreach (var item in items) { }")]
    [InlineData("var items = ReadAsync(); Func<Task> f = async () => { await foreach (var item in items) { } };")]
    [InlineData("IAsyncEnumerable<int> items; items = ReadAsync(); Take(items);")]
    [InlineData("var items = ReadAsync(); items = items.WithLogging(); Take(items);")]
    [InlineData("Take(ReadAsync());")]
    [InlineData("field = ReadAsync();")]
    [InlineData("Property = ReadAsync();")]
    [InlineData("var list = new List<IAsyncEnumerable<int>> { ReadAsync() };")]
    [InlineData("var pair = (ReadAsync(), 1);")]
    [InlineData("Func<IAsyncEnumerable<int>> f = () => ReadAsync();")]
    [InlineData("Func<IAsyncEnumerable<int>> f = ReadAsync;")]
    [InlineData("var e = ReadAsync().GetAsyncEnumerator();")]
    [InlineData("await ReadAsync().CountAsync();")]
    [InlineData("Expression<Action<C>> e = c => c.ReadAsync();")]
    [InlineData("var name = nameof(ReadAsync);")]
    [InlineData("builder.Add(1);")]
    [InlineData("var b = builder.Add(1);")]
    [InlineData("set.Include();")]
    [InlineData("_ = Property;")]
    public Task Ignores_a_stream_that_is_enumerated_or_passed_on(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("Xunit.Assert.Throws(() => { ReadAsync(); });")]
    [InlineData("Xunit.Record.Exception(() => { ReadAsync(); });")]
    [InlineData("Action act = () => ReadAsync(); act.Should();")]
    [InlineData("feed.Received().Read();")]
    [InlineData("feed.When(f => f.Read());")]
    public Task Ignores_the_checks_of_test_frameworks(string statements) => Ignores(Async(statements) +
        """

        namespace Xunit
        {
            public static class Assert { public static void Throws(Action action) { } }
            public static class Record { public static void Exception(Action action) { } }
        }
        namespace FluentAssertions
        {
            public static class AssertionExtensions { public static object Should(this Action action) => action; }
        }
        namespace NSubstitute
        {
            public static class SubstituteExtensions
            {
                public static T Received<T>(this T value) => value;
                public static void When<T>(this T value, Action<T> call) { }
            }
        }
        """);

    [Fact]
    public Task Ignores_an_iterator_that_passes_it_on() => Ignores(
        """
        class C
        {
            IAsyncEnumerable<int> M(IAsyncEnumerable<int> items) => items.Where();

            IEnumerable<IAsyncEnumerable<int>> All(IAsyncEnumerable<int> items)
            {
                yield return items.Where();
            }
        }

        static class Extensions
        {
            public static IAsyncEnumerable<int> Where(this IAsyncEnumerable<int> items) => items;
        }
        """);

    private static string Sync(string statements) => Body("void M", statements);

    private static string Async(string statements) => Body("async Task M", statements);

    private static string Body(string head, string statements) =>
        $$"""
        using System.Linq.Expressions;
        using System.Threading.Channels;
        using FluentAssertions;
        using NSubstitute;

        public interface IFeed { IAsyncEnumerable<int> Read(); }

        public interface IPages<T> : IAsyncEnumerable<T> { }

        public class Set
        {
            public IAsyncEnumerable<int> AsAsyncEnumerable() => null!;
            public Builder Include() => null!;
        }

        public class Call { public Reader ResponseStream { get; } = new(); }

        public class Reader { public IAsyncEnumerable<int> ReadAllAsync(CancellationToken token) => null!; }

        public abstract class Builder : IAsyncEnumerable<int>
        {
            public abstract Builder Add(int item);
            public abstract IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken);
        }

        public static class Streams
        {
            public static IAsyncEnumerable<T> WithLogging<T>(this IAsyncEnumerable<T> items) => items;
            public static Task<int> CountAsync<T>(this IAsyncEnumerable<T> items) => Task.FromResult(1);
        }

        public class C
        {
            IAsyncEnumerable<int>? field;
            IAsyncEnumerable<int>? Property { get; set; }
            void Take(IAsyncEnumerable<int> items) { }
            IPages<int> Pages() => null!;
            IFeed? Feed() => null;

            async IAsyncEnumerable<int> EndlessAsync()
            {
                while (true)
                {
                    await Task.Yield();
                    yield return 1;
                }
            }

            public async IAsyncEnumerable<int> ReadAsync()
            {
                await Task.Yield();
                yield return 1;
            }

            {{head}}(
                IFeed feed, IFeed? maybe, Set set, Call call, Channel<int> channel, Builder builder, bool flag,
                CancellationToken token)
            {
                {{statements.Replace("\n", "\n        ")}}
            }
        }

        namespace FluentAssertions { }
        namespace NSubstitute { }

        """;
}
