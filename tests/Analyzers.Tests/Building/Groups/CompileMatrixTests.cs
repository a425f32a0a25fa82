using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Building.Groups;

/// <summary>The shapes of statements that a lambda holds, or only a scope, or nothing: each before and after.</summary>
public sealed class CompileMatrixTests : GroupTests
{
    [Fact]
    public Task Assigns_what_is_read_afterwards() => Runs(
        """
        async Task<int> PlaceAsync(bool urgent)
        {
            int price;
            if (urgent)
            {
                {|CS4014:AuditAsync(1)|};
                price = await LoadAsync(1);
            }
            else
            {
                price = 0;
            }

            return price;
        }
        """,
        """
        async Task<int> PlaceAsync(bool urgent)
        {
            int price;
            if (urgent)
            {
                price = await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => AuditAsync(1));
                    price = await LoadAsync(1);
                    return price;
                }, TaskGroupOptions.Collect);
            }
            else
            {
                price = 0;
            }

            return price;
        }
        """,
        Code.CSharp7);

    [Fact]
    public Task Keeps_what_the_compiler_knows_of_null() => Runs(
        """
        async Task<int> PlaceAsync(string? name, bool urgent)
        {
            {
                {|CS4014:AuditAsync(1)|};
                ArgumentNullException.ThrowIfNull(name);
                await SaveAsync(1);
            }

            return name.Length;
        }
        """,
        """
        async Task<int> PlaceAsync(string? name, bool urgent)
        {
            {
                await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                {
                    group.Spawn(ct => AuditAsync(1));
                    ArgumentNullException.ThrowIfNull(name);
                    await SaveAsync(1);
                    await group.CompleteAsync();
                }
            }

            return name.Length;
        }
        """);

    [Fact]
    public Task Assigns_what_is_no_longer_null() => Runs(
        """
        async Task<int> PlaceAsync(string? name)
        {
            if (name == null)
            {
                {|CS4014:AuditAsync(1)|};
                await SaveAsync(1);
                name = "none";
            }

            return name.Length;
        }
        """,
        """
        async Task<int> PlaceAsync(string? name)
        {
            if (name == null)
            {
                name = await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => AuditAsync(1));
                    await SaveAsync(1);
                    name = "none";
                    return name;
                }, TaskGroupOptions.Collect);
            }

            return name.Length;
        }
        """);

    [Fact]
    public Task Reads_the_fields_of_a_struct() => RunsInStruct(
        """
        int _order;

        async Task PlaceAsync()
        {
            {|CS4014:AuditAsync(1)|};
            await SaveAsync(_order);
        }
        """,
        """
        int _order;

        async Task PlaceAsync()
        {
            await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
            {
                group.Spawn(ct => AuditAsync(1));
                await SaveAsync(_order);
                await group.CompleteAsync();
            }
        }
        """,
        Code.Default with { Language = LanguageVersion.CSharp8 });

    [NewerLanguageFact("12")]
    public Task Reads_the_primary_parameters_of_a_struct() => Fixes(
        """
        struct Shop(int order)
        {
            async Task PlaceAsync()
            {
                {|CS4014:AuditAsync(1)|};
                await AuditAsync(order);
            }

            static Task AuditAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        struct Shop(int order)
        {
            async Task PlaceAsync()
            {
                await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                {
                    group.Spawn(ct => AuditAsync(1));
                    await AuditAsync(order);
                    await group.CompleteAsync();
                }
            }

            static Task AuditAsync(int order) => Task.CompletedTask;
        }
        """,
        "RunInGroup",
        Code.Default with { Language = (LanguageVersion)1200 });

    [NewerLanguageFact("13")]
    public Task Uses_a_span_and_a_reference_from_outside() => Runs(
        """
        async Task PlaceAsync(int[] orders)
        {
            Span<int> span = orders;
            ref var first = ref orders[0];
            {|CS4014:AuditAsync(1)|};
            span[1] = 1;
            first = 2;
            await SaveAsync(1);
        }
        """,
        """
        async Task PlaceAsync(int[] orders)
        {
            Span<int> span = orders;
            ref var first = ref orders[0];
            await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
            {
                group.Spawn(ct => AuditAsync(1));
                span[1] = 1;
                first = 2;
                await SaveAsync(1);
                await group.CompleteAsync();
            }
        }
        """,
        Code.Default with { Language = (LanguageVersion)1300 });

    [Fact]
    public Task Throws_again_what_an_enclosing_handler_caught() => Runs(
        """
        async Task PlaceAsync(int order)
        {
            try
            {
                await SaveAsync(order);
            }
            catch (InvalidOperationException)
            {
                {|CS4014:AuditAsync(order)|};
                await SaveAsync(0);
                if (order > 0) throw;
            }
        }
        """,
        """
        async Task PlaceAsync(int order)
        {
            try
            {
                await SaveAsync(order);
            }
            catch (InvalidOperationException)
            {
                await using (var group = TaskGroup.Open(TaskGroupOptions.Collect))
                {
                    group.Spawn(ct => AuditAsync(order));
                    await SaveAsync(0);
                    if (order > 0) throw;
                    await group.CompleteAsync();
                }
            }
        }
        """);

    [Fact]
    public Task Declares_before_the_group_what_is_used_after_it() => Runs(
        """
        async Task<int> PlaceAsync(string text)
        {
            {|CS4014:AuditAsync(1)|};
            var price = await LoadAsync(1);
            if (!int.TryParse(text, out var parsed))
            {
                Price(0);
            }

            using var body = new MemoryStream();
            {|CS4014:AuditAsync((int)body.Length)|};
            await SaveAsync(price);
            return price + parsed;
        }
        """,
        """
        async Task<int> PlaceAsync(string text)
        {
            int price;
            int parsed;
            (price, parsed) = await TaskGroup.RunAsync(async group =>
            {
                group.Spawn(ct => AuditAsync(1));
                price = await LoadAsync(1);
                if (!int.TryParse(text, out parsed))
                {
                    Price(0);
                }
                return (price, parsed);
            }, TaskGroupOptions.Collect);

            using var body = new MemoryStream();
            return await TaskGroup.RunAsync(async group =>
            {
                group.Spawn(ct => AuditAsync((int)body.Length));
                await SaveAsync(price);
                return price + parsed;
            }, TaskGroupOptions.Collect);
        }
        """,
        groups: 2);

    [Theory]
    [InlineData("Task", "base.ToString(); await Task.Yield();")]
    [InlineData("Task", "using var body = new MemoryStream(); await Task.Yield();")]
    [InlineData("Task", "try { Price(1); } catch (Exception e) when (e != null) { } await SaveAsync(1);")]
    [InlineData("Task", "switch (order) { case 1: await SaveAsync(1); break; default: return; }")]
    [InlineData("Task", "while (order > 0) { if (order == 1) continue; await SaveAsync(order); break; }")]
    [InlineData("Task", "void Local() { unsafe { int i = 0; Price(*&i); } } Local(); await Task.Yield();")]
    [InlineData("Task", "int Sum() { Span<int> span = stackalloc int[1]; return span[0]; } await SaveAsync(Sum());")]
    [InlineData("Task", "again: if (await LoadAsync(order) == 0) goto again;")]
    [InlineData("void", "await Task.Yield(); return;")]
    [InlineData("ValueTask", "await Task.Yield();")]
    [InlineData("ValueTask<int>", "return await LoadAsync(order);")]
    [InlineData("Task<object>", "if (order == 0) return 1; await Task.Yield(); return \"\";")]
    [InlineData("Task<long>", "if (order == 0) return 1; return await LoadAsync(order);")]
    [InlineData("Task<int?>", "if (order == 0) return null; return await LoadAsync(order);")]
    [InlineData("Task<int>", "await Task.Yield(); throw new InvalidOperationException();")]
    [InlineData("Task<int>", "while (true) { await Task.Yield(); }")]
    [InlineData("Task<int>", "Price(1); return Price(2);")]
    [InlineData("Task<(int, string)>", "await Task.Yield(); return (1, null!);")]
    public Task Holds_in_a_lambda(string type, string statements) => Writes(
        "await TaskGroup.RunAsync",
        $$"""
        async {{type}} PlaceAsync(int order)
        {
            {|CS4014:AuditAsync(1)|};
            {{statements}}
        }
        """);
}
