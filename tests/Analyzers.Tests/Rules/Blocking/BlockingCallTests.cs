using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

/// <summary>SCOPE203: synchronous calls with an asynchronous twin, and the twin in their place.</summary>
public sealed class BlockingCallTests : RuleTests<BlockingCallAnalyzer, BlockingCallFix>
{
    [Fact]
    public Task Names_the_call_and_its_twin() => Reports(
        Async("var text = [|File.ReadAllText(\"a\")|];"),
        "'File.ReadAllText' holds the thread in async code; await 'ReadAllTextAsync'");

    [Theory]
    [InlineData("[|File.WriteAllBytes(\"a\", bytes)|];")]
    [InlineData("var read = [|stream.Read(bytes, 0, 1)|];")]
    [InlineData("[|stream.Write(bytes, 0, 1)|];")]
    [InlineData("[|stream.CopyTo(stream)|];")]
    [InlineData("[|stream.Flush()|];")]
    [InlineData("var text = [|new StreamReader(stream).ReadToEnd()|];")]
    [InlineData("using var reader = new StreamReader(\"a\"); while ([|reader.ReadLine()|] is { } line) { }")]
    [InlineData("[|connection.Open()|];")]
    [InlineData("var rows = [|command.ExecuteNonQuery()|];")]
    [InlineData("await using var reader = [|command.ExecuteReader()|]; while ([|reader.Read()|]) { }")]
    [InlineData("await using var sending = [|connection.BeginTransaction()|]; [|sending.Commit()|];")]
    [InlineData("using var answer = [|client.Send(request)|];")]
    [InlineData("var addresses = [|Dns.GetHostAddresses(\"a\")|];")]
    [InlineData("var accepted = [|socket.Accept()|]; [|socket.Connect(\"a\", 1)|];")]
    [InlineData("[|JsonSerializer.Serialize(stream, 1)|];")]
    [InlineData("using var document = [|JsonDocument.Parse(stream)|];")]
    [InlineData("if (flag) { [|stream.Flush()|]; } else { [|stream.Flush()|]; }")]
    [InlineData("Func<Task> f = async () => { [|stream.Flush()|]; await Task.Yield(); }; await f();")]
    [InlineData("async Task Local() { [|stream.Flush()|]; await Task.Yield(); } await Local();")]
    [InlineData("try { [|stream.Flush()|]; } finally { [|stream.Flush()|]; }")]
    [InlineData("Use([|stream.Read(bytes, 0, 1)|] + [|stream.Read(bytes, 0, 1)|]);")]
    [InlineData("stream?[|.Flush()|];")]
    [InlineData("var reader = new StreamReader(stream); reader?[|.BaseStream.Flush()|];")]
    [InlineData("var reader = new StreamReader(stream); reader?.BaseStream?[|.Flush()|];")]
    [InlineData("var readers = new[] { new StreamReader(stream) }; readers?[0].BaseStream?[|.Flush()|];")]
    public Task Reports_what_waits(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("[|store.Save(1)|];")]
    [InlineData("[|store.Save(1)|]; [|store.Load()|];")]
    [InlineData("var loaded = [|store.Load()|];")]
    [InlineData("object loaded = [|store.Load()|];")]
    [InlineData("[|store.Send(1, \"a\")|];")]
    [InlineData("[|store.Find(null)|];")]
    [InlineData("[|store.Extended(1)|];")]
    [InlineData("[|store.Generic<int>(1)|];")]
    [InlineData("[|Store.Static()|];")]
    [InlineData("[|new StreamWriter(\"a\").Write('a')|];")]
    public Task Suggests_the_twin_of_what_may_wait(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("store.Obsolete();")]
    [InlineData("store.OtherArguments(1);")]
    [InlineData("store.OtherResult();")]
    [InlineData("store.NotAwaitable();")]
    [InlineData("store.Nested();")]
    [InlineData("store.Hidden();")]
    [InlineData("store.NoTwin();")]
    [InlineData("store.OutResult(out var i);")]
    [InlineData("store.Dispose();")]
    [InlineData("store.Quick();")]
    [InlineData("store.Unbound(1);")]
    [InlineData("store.Open(1);")]
    [InlineData("store.Update(null); store.Update(default);")]
    [InlineData("store.Get(1);")]
    [InlineData("store.Begin(1);")]
    [InlineData("store.Save(1); await store.SaveAsync(1);")]
    [InlineData("connection.Close(); connection.Dispose();")]
    public Task Ignores_what_is_no_twin(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("var memory = new MemoryStream(); memory.Write(bytes, 0, 1); memory.Flush();")]
    [InlineData("Stream memory = new MemoryStream(); memory.Write(bytes, 0, 1);")]
    [InlineData("using var writer = new StreamWriter(new MemoryStream()); writer.Write(1); writer.Flush();")]
    [InlineData(
        "using var memory = new MemoryStream(); using var reader = new StreamReader(memory); reader.ReadToEnd();")]
    [InlineData("new StringReader(\"\").ReadToEnd();")]
    [InlineData("var text = new StringWriter(); text.Write('a'); text.Flush();")]
    [InlineData("TextWriter text = new StringWriter(); text.WriteLine(\"a\");")]
    [InlineData("Console.Out.WriteLine(\"a\"); Console.Error.Flush();")]
    [InlineData("JsonSerializer.Serialize(new MemoryStream(), 1);")]
    [InlineData("JsonSerializer.Serialize(1);")]
    [InlineData("new CancellationTokenSource().Cancel();")]
    [InlineData("new SemaphoreSlim(1).Wait(0); new SemaphoreSlim(1).Wait();")]
    [InlineData("Task.Delay(1).Wait();")]
    [InlineData("stream.Dispose(); stream.Close();")]
    [InlineData("reader.IsDBNull(0); reader.GetFieldValue<int>(0);")]
    [InlineData("using var xml = System.Xml.XmlReader.Create(stream); xml.Read();")]
    [InlineData("ids.ToList(); ids.First();")]
    [InlineData("lock (this) { stream.Flush(); }")]
    [InlineData("Action a = () => stream.Flush(); a();")]
    [InlineData("await Task.Run(() => stream.Flush());")]
    [InlineData("if (isAsync) { await stream.FlushAsync(); } else { stream.Flush(); }")]
    [InlineData("_ = nameof(stream.Flush);")]
    [InlineData("foreach (var line in File.ReadLines(\"a\")) { }")]
    [InlineData("Expression<Func<int>> e = () => stream.Read(bytes, 0, 1);")]
    public Task Ignores_what_has_nothing_to_wait_for(string statements) => Ignores(Async(statements));

    [Fact]
    public Task Reports_a_reader_that_was_asked_to_be_asynchronous() => Reports(
        Async(
            "var settings = new System.Xml.XmlReaderSettings { Async = true }; "
            + "using var xml = System.Xml.XmlReader.Create(stream, settings); while ([|xml.Read()|]) { }"));

    [Theory]
    [InlineData("void M(Stream stream) { stream.Flush(); }")]
    [InlineData("Task M(Stream stream) { stream.Flush(); return Task.CompletedTask; }")]
    [InlineData("C(Stream stream) { stream.Flush(); }")]
    public Task Ignores_code_that_cannot_await(string member) => Ignores(Member(member));

    [Fact]
    public Task Ignores_a_twin_that_is_written_by_way_of_the_other() => Ignores(
        """
        class Loader
        {
            public void Load() { }
            public virtual async Task LoadAsync() { await Task.Yield(); Load(); }
        }

        class Derived : Loader
        {
            public override async Task LoadAsync() { await Task.Yield(); Load(); }
        }

        interface ILoader { void Load2(); Task Load2Async(); }
        class Both : ILoader
        {
            public void Load2() { }
            public async Task Load2Async() { await Task.Yield(); ((ILoader)this).Load2(); Local(); void Local() { } }
        }
        """);

    [Fact]
    public Task Leaves_to_the_program_how_it_runs() => Ignores(
        """
        var app = new Microsoft.AspNetCore.Builder.WebApplication();
        await Task.Yield();
        app.Run();

        namespace Microsoft.AspNetCore.Builder
        {
            public class WebApplication { public void Run() { } public Task RunAsync() => Task.CompletedTask; }
        }
        """,
        Code.Program);

    [Fact]
    public Task Reports_queries_of_a_database_alone() => Reports(
        """
        using Microsoft.EntityFrameworkCore;
        using System.Linq;

        class Orders : DbContext
        {
            public DbSet<int> Ids { get; } = new();

            async Task M(IEnumerable<int> list, IQueryable<int> query)
            {
                await Task.Yield();
                [|Ids.ToList()|];
                [|Ids.Where(i => i > 1).ToList()|];
                var some = Ids.Where(i => i > 1);
                [|some.ToList()|];
                list.ToList();
                query.ToList();
                list.AsQueryable().ToList();
                Ids.Add(1);
            }
        }

        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContext { }

            public class DbSet<T> : IQueryable<T>
            {
                public Type ElementType => typeof(T);
                public System.Linq.Expressions.Expression Expression => null!;
                public IQueryProvider Provider => null!;
                public void Add(T value) { }
                public ValueTask AddAsync(T value) => default;
                public IEnumerator<T> GetEnumerator() => null!;
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!;
            }

            public static class EntityFrameworkQueryableExtensions
            {
                public static Task<List<T>> ToListAsync<T>(
                    this IQueryable<T> source, CancellationToken token = default) => Task.FromResult(new List<T>());
            }
        }
        """);

    [Fact]
    public Task Believes_who_says_that_it_does_not_block() => Ignores(
        Async("store.Save(1);"), Code.Default with { EditorConfig = "scoped_tasks.not_blocking = Store.Save" });

    [Theory]
    [InlineData(
        "var text = [|File.ReadAllText(\"a\")|]; // text", "var text = await File.ReadAllTextAsync(\"a\"); // text")]
    [InlineData("Use([|stream.Read(bytes, 0, 1)|]);", "Use(await stream.ReadAsync(bytes, 0, 1));")]
    [InlineData(
        "Use([|File.ReadAllText(/* path */ \"a\")|].Length);",
        "Use((await File.ReadAllTextAsync(/* path */ \"a\")).Length);")]
    [InlineData(
        "await using var reader = [|command.ExecuteReader()|]; while ([|reader.Read()|]) { }",
        "await using var reader = await command.ExecuteReaderAsync(); while (await reader.ReadAsync()) { }")]
    [InlineData("[|stream.CopyTo(destination: stream)|];", "await stream.CopyToAsync(destination: stream);")]
    [InlineData(
        "if ([|File.ReadAllText([|File.ReadAllText(\"a\")|])|] == \"\") { }",
        "if (await File.ReadAllTextAsync(await File.ReadAllTextAsync(\"a\")) == \"\") { }")]
    public Task Awaits_the_twin(string before, string after) => Fixes(Async(before), Async(after));

    [Fact]
    public Task Asks_for_null_where_the_call_did() => Fixes(
        Async("stream?[|.Flush()|];"),
        Async(
            """
            if (stream != null)
                    {
                        await stream.FlushAsync();
                    }
            """));

    [Fact]
    public Task Configures_what_it_awaits() => Fixes(
        Member("async Task M(Stream s) { await Task.Delay(1).ConfigureAwait(false); [|s.Flush()|]; }"),
        Member(
            "async Task M(Stream s) { await Task.Delay(1).ConfigureAwait(false); "
            + "await s.FlushAsync().ConfigureAwait(false); }"));

    [Fact]
    public Task Leaves_other_twins_to_a_person() => Fixes(
        Async("Use([|store.Load()|]);"),
        Async("Use(await store.LoadAsync());"),
        plan: "OtherTwin",
        isChosen: true,
        title: "Await 'LoadAsync' instead");

    [Theory]
    [InlineData(
        "var total = 1; total += [|stream.Read(bytes, 0, 1)|] + Next(ref total); static int Next(ref int i) => i++;")]
    [InlineData("Use(stream?[|.Read(bytes, 0, 1)|]);")]
    public Task Writes_nothing_that_would_not_do_the_same(string statements) => OffersNoFix(
        Async(statements).Replace(
            "total += [|stream.Read(bytes, 0, 1)|] + Next(ref total); static int Next(ref int i) => i++;",
            "Use(total += [|stream.Read(bytes, 0, 1)|]);"));

    private static string Async(string statements) => Member(
        $$"""
        async Task M(
                bool flag, bool isAsync, byte[] bytes, List<int> ids, Store store, Stream stream,
                DbConnection connection, DbCommand command, DbDataReader reader,
                HttpClient client, HttpRequestMessage request, Socket socket)
            {
                await Task.Yield();
                {{statements}}
            }
        """.Replace("DbDataReader reader,", statements.Contains("var reader") ? "" : "DbDataReader reader,"));

    private static string Member(string member) =>
        $$"""
        using System.Data.Common;
        using System.IO;
        using System.Linq.Expressions;
        using System.Net;
        using System.Net.Http;
        using System.Net.Sockets;
        using System.Text.Json;

        class Store : IDisposable
        {
            public void Save(int id) { }
            public Task SaveAsync(int id, CancellationToken token = default) => Task.CompletedTask;
            public string Load() => "";
            public ValueTask<string> LoadAsync() => default;
            public void Send(int id, string text) { }
            public Task SendAsync(int id, object text) => Task.CompletedTask;
            public void Open(int id) { }
            public Task<bool> OpenAsync(int id) => Task.FromResult(true);
            public int Find(string? name) => 1;
            public Task<int> FindAsync(string? name) => Task.FromResult(1);
            public void Update(List<int>? model) { }
            public Task UpdateAsync(string? options) => Task.CompletedTask;
            readonly Dictionary<int, string> _known = new();
            public string? Get(int id) => _known.TryGetValue(id, out var found) ? found : null;
            public Task<string?> GetAsync(int id) => Task.FromResult<string?>(null);
            readonly Queue<int> _queue = new();
            public void Begin(int id) => _queue.Enqueue(id);
            public Task BeginAsync(int id) => Task.CompletedTask;
            public T Generic<T>(T value) => value;
            public Task<T> GenericAsync<T>(T value) => Task.FromResult(value);
            public static void Static() { }
            public static Task StaticAsync() => Task.CompletedTask;
            public void Obsolete() { }
            [Obsolete] public Task ObsoleteAsync() => Task.CompletedTask;
            public void OtherArguments(int id) { }
            public Task OtherArgumentsAsync(int id, string text) => Task.CompletedTask;
            public int OtherResult() => 1;
            public Task<string> OtherResultAsync() => Task.FromResult("");
            public void NotAwaitable() { }
            public int NotAwaitableAsync() => 1;
            public int Nested() => 1;
            public Task<Task<int>> NestedAsync() => Task.FromResult(Task.FromResult(1));
            public void Hidden() { }
            private Task HiddenAsync() => Task.CompletedTask;
            public void NoTwin() { }
            public void OutResult(out int i) => i = 1;
            public Task OutResultAsync(int i) => HiddenAsync();
            public void Dispose() { }
            public ValueTask DisposeAsync() => default;
            [NonBlocking] public void Quick() { }
            public Task QuickAsync() => Task.CompletedTask;
            public void Unbound(int id) { }
            public Task UnboundAsync(string id) => Task.CompletedTask;
            public void Extended(int id) { }
        }

        static class StoreExtensions
        {
            public static Task ExtendedAsync(this Store store, int id) => Task.CompletedTask;
        }

        class NonBlockingAttribute : Attribute { }

        class C
        {
            static void Use(object value) { }
            {{member}}
        }
        """;
}
