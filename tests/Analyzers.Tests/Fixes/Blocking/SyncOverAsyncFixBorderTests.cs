using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Blocking;

/// <summary>Where the way through the callers may end, and where it may not: then nothing is written.</summary>
public sealed class SyncOverAsyncFixBorderTests : RuleTests<SyncOverAsyncAnalyzer, SyncOverAsyncFix>
{
    private const string Plan = "MakeAsync";

    [Theory]
    [InlineData(
        "Task M() { Save(); return Work(); }",
        "async Task M() { await Save(); await Work(); }")]
    [InlineData(
        "Task<int> M() { Save(); return Task.FromResult(1); }",
        "async Task<int> M() { await Save(); return 1; }")]
    [InlineData(
        "ValueTask M() { Save(); return default; }",
        "async ValueTask M() { await Save(); }")]
    [InlineData(
        "public virtual Task M() { Save(); return Work(); }",
        "public virtual async Task M() { await Save(); await Work(); }")]
    [InlineData(
        "Func<Task> M() => () => { Save(); return Work(); };",
        "Func<Task> M() => async () => { await Save(); await Work(); };")]
    [InlineData(
        "async Task M() { await Task.Run(() => Save()); }",
        "async Task M() { await Task.Run(async () => await Save()); }")]
    [InlineData(
        "async Task M() { await Task.Run(() => { Save(); Save(); }); }",
        "async Task M() { await Task.Run(async () => { await Save(); await Save(); }); }")]
    [InlineData(
        "async Task M() { await Work().ConfigureAwait(false); Save(); }",
        "async Task M() { await Work().ConfigureAwait(false); await Save().ConfigureAwait(false); }")]
    [InlineData(
        "async Task M() { Local(); await Work(); void Local() => Save(); }",
        "async Task M() { await Local(); await Work(); async Task Local() => await Save(); }")]
    [InlineData(
        "async Task M() { try { Save(); } catch { Save(); throw; } finally { Save(); } }",
        "async Task M() { try { await Save(); } catch { await Save(); throw; } finally { await Save(); } }")]
    [InlineData(
        "async Task M() { Save(); Console.WriteLine(nameof(Save)); await Work(); }",
        "async Task M() { await Save(); Console.WriteLine(nameof(Save)); await Work(); }")]
    public Task Ends_at_a_border_that_allows_it(string before, string after) =>
        Fixes(
            Class(before, "void Save() => [|Work().Wait()|];"),
            Class(after, "async Task Save() => await Work();"),
            Plan,
            isChosen: true,
            code: Code.Default with { NewWarnings = ["CS1998"] });

    [Fact]
    public Task Ends_at_Main() =>
        Fixes(
            """
            static class Program
            {
                static int Main(string[] args)
                {
                    Save();
                    return 0;
                }

                static void Save() => [|Task.Delay(1).Wait()|];
            }
            """,
            """
            static class Program
            {
                static async Task<int> Main(string[] args)
                {
                    await Save();
                    return 0;
                }

                static async Task Save() => await Task.Delay(1);
            }
            """,
            Plan,
            Code.Program,
            isChosen: true);

    [Fact]
    public Task Ends_in_a_program_of_statements() =>
        Fixes(
            "Save(); static void Save() => [|Task.Delay(1).Wait()|];",
            "await Save(); static async Task Save() => await Task.Delay(1);",
            Plan,
            Code.Program,
            isChosen: true);

    [Fact]
    public Task Ends_at_a_test() =>
        Fixes(
            """
            public sealed class FactAttribute : Attribute { }
            public class Tests
            {
                [Fact] public void Saves() { [|Task.Delay(1).Wait()|]; }
            }
            """,
            """
            public sealed class FactAttribute : Attribute { }
            public class Tests
            {
                [Fact] public async Task Saves() { await Task.Delay(1); }
            }
            """,
            Plan,
            title: "Make 'Saves' async and await it",
            isChosen: true);

    [Fact]
    public Task Ends_at_what_prepares_tests() =>
        Fixes(
            """
            public sealed class SetUpAttribute : Attribute { }
            public class Tests
            {
                [SetUp] public void Prepare() { Open(); }
                private static void Open() { [|Task.Delay(1).Wait()|]; }
            }
            """,
            """
            public sealed class SetUpAttribute : Attribute { }
            public class Tests
            {
                [SetUp] public async Task Prepare() { await Open(); }
                private static async Task Open() { await Task.Delay(1); }
            }
            """,
            Plan,
            isChosen: true);

    [Theory]
    [InlineData("void M() { Save(); }")]
    [InlineData("C(int i) { Save(); } async Task M() { Save(); await Work(); }")]
    [InlineData("int P { get { Save(); return 1; } }")]
    [InlineData("public static C operator +(C a, C b) { a.Save(); return b; }")]
    [InlineData("~C() { Save(); }")]
    [InlineData("public void Dispose() { Save(); }")]
    [InlineData("public override string ToString() { Save(); return \"\"; }")]
    [InlineData("public virtual void M() { Save(); } async Task N() { M(); await Work(); }")]
    [InlineData("IEnumerable<int> M() { Save(); yield return 1; } async Task N() { M(); await Work(); }")]
    [InlineData("void M(ref int i) { Save(); } async Task N() { var i = 1; M(ref i); await Work(); }")]
    [InlineData("void M(out int i) { Save(); i = 1; } async Task N() { M(out var i); await Work(); }")]
    [InlineData("void M(Span<int> s) { Save(); } async Task N() { M(default); await Work(); }")]
    [InlineData("Span<int> M() { Save(); return default; } async Task N() { M(); await Work(); }")]
    [InlineData("Action M() => () => Save();")]
    [InlineData("Action M() => Save;")]
    [InlineData("event Action? E; void M() { E += Save; E?.Invoke(); }")]
    [InlineData("async Task M() { lock (this) { Save(); } await Work(); }")]
    [InlineData("async Task M() { try { await Work(); } catch when (Saved()) { } } "
        + "bool Saved() { Save(); return true; }")]
    [InlineData("async Task M() { var x = from i in new[] { 1 } where Saved() select i; await Work(); } "
        + "bool Saved() { Save(); return true; }")]
    [InlineData("bool _saved = Saved(new C()); static bool Saved(C c) { c.Save(); return true; }")]
    [InlineData("async Task M(C? c) { c?.Save(); await Work(); }")]
    [InlineData("async Task M() { _count += Saved(); await Work(); } int _count; int Saved() { Save(); return 1; }")]
    [InlineData("void M() { Span<int> s = stackalloc int[1]; Save(); s[0] = 1; } "
        + "async Task N() { M(); await Work(); }")]
    [InlineData("[Obsolete] void M() { Save(); } async Task N() { M(); await Work(); }")]
    [InlineData("Task M(C c) { if (c is null) throw new ArgumentNullException(); Save(); return Work(); }")]
    [InlineData("Task M(C c) { ArgumentNullException.ThrowIfNull(c); Save(); return Work(); }")]
    [InlineData("Task M() { ThrowIfDisposed(); Save(); return Work(); } void ThrowIfDisposed() { }")]
    [InlineData("Task M() { if (this is null) Throw.InvalidOperation(); Save(); return Work(); } "
        + "static class Throw { public static void InvalidOperation() { } }")]
    [InlineData("Task? M() { Save(); return null; }")]
    [InlineData("void M() { Save(); Console.WriteLine(Thread.CurrentThread); } async Task N() { M(); await Work(); }")]
    [InlineData("System.Linq.Expressions.Expression<Action> M() => () => Save();")]
    [InlineData("async Task M() { Action<int> a = i => Save(); a(1); await Work(); }")]
    [InlineData("async Task M() { new List<int>().ForEach(i => Save()); await Work(); }")]
    public Task Refuses_where_a_border_does_not_allow_it(string members) =>
        OffersNoFix(Class(members, "void Save() => [|Work().Wait()|];"));

    [Theory]
    [InlineData("new ManualResetEvent(false).WaitOne();")]
    [InlineData("new System.Collections.Concurrent.BlockingCollection<int>().Take();")]
    public Task Refuses_where_something_else_would_stay_blocked(string statement) =>
        OffersNoFix(Class(
            "async Task M() { Save(); await Work(); }", $"void Save() {{ {statement} [|Work().Wait()|]; }}"));

    [Theory]
    [InlineData("public class C { public void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("public class C { protected void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("interface I { void Save(); } class C : I { public void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("interface I { void Save(); } struct C : I { public readonly void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("interface I { void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("struct C { int _i; void Save() { [|Task.Delay(1).Wait()|]; _i++; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("partial class C { partial void Save(); partial void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("class C { void Save(Action<string> log) { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { dynamic d = this; Save(null!); Action<Action<string>> a = Save; await Task.Yield(); } }")]
    public Task Refuses_what_others_may_count_on(string code) => OffersNoFix(code);

    [Fact]
    public Task Refuses_Main_in_old_code() =>
        OffersNoFix(
            """
            using System.Threading.Tasks;
            static class Program
            {
                static void Main() { Save(); }
                static void Save() { [|Task.Delay(1).Wait()|]; }
            }
            """,
            code: Code.Program with
            {
                Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp7,
            });

    [Fact]
    public Task Refuses_where_a_generated_file_calls_it() =>
        OffersNoFix(
            "partial class C { void Save() { [|Task.Delay(1).Wait()|]; } }",
            code: Code.Default with
            {
                Sources =
                [
                    ("/0/C.g.cs", "partial class C { async Task M() { Save(); await Task.Yield(); } }"),
                ],
            });

    private static string Class(string members, string save) =>
        $$"""
        class C
        {
            readonly bool _done;
            C() { }
            {{save}}
            {{members}}
            Task Work() => _done ? Task.CompletedTask : Task.Delay(1);
        }
        """;
}
