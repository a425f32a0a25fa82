using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Blocking;

/// <summary>Waits in chains of <c>?.</c>: awaited only where there is something, or nothing is written.</summary>
public sealed class BlockingWaitFixChainTests : RuleTests<BlockingWaitAnalyzer, BlockingWaitFix>
{
    private const string Check = "if (box != null)\n        {\n            ";

    [Theory]
    [InlineData(
        "box?[|.Save().Wait()|];",
        Check + "await box.Save();\n        }")]
    [InlineData(
        "box?[|.Other.Save().Wait()|];",
        Check + "await box.Other.Save();\n        }")]
    [InlineData(
        "box?[|[0].Save().Wait()|];",
        Check + "await box[0].Save();\n        }")]
    [InlineData(
        "box?[|[0].SaveAs(other?.Name).Wait()|];",
        Check + "await box[0].SaveAs(other?.Name);\n        }")]
    [InlineData(
        "box?[|.SaveAs(other?.Name).Wait()|];",
        Check + "await box.SaveAs(other?.Name);\n        }")]
    [InlineData(
        "Use(box?.Name.Insert([|Load().Result|], \"\"));",
        "Use(box?.Name.Insert(await Load(), \"\"));")]
    [InlineData(
        "Use([|Find().Result|]?.Name);",
        "Use((await Find())?.Name);")]
    [InlineData(
        "Use([|Find().Result|]?.Other?.Name);",
        "Use((await Find())?.Other?.Name);")]
    [InlineData(
        "[|Find().Result|]?.Run();",
        "(await Find())?.Run();")]
    [InlineData(
        "Use([|(box?.Find())!.Result|]);",
        "Use(await (box?.Find())!);")]
    [InlineData(
        "Use([|(box?.Find() ?? Find()).Result|]?.Name);",
        "Use((await (box?.Find() ?? Find()))?.Name);")]
    public Task Awaits_where_there_is_something(string before, string after) =>
        Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("Use(box?[|.Find().Result|].Name);")]
    [InlineData("Use(box?[|.Find().Result|]?.Name);")]
    [InlineData("Use(box?[|.Find().Result|]);")]
    [InlineData("Use(box?[|.Find().Result|] ?? other);")]
    [InlineData("box?[|.Find().Result|]!.Run();")]
    [InlineData("box?.Maybe?[|.Save().Wait()|];")]
    [InlineData("box?.Other.Maybe?[|.Save().Wait()|];")]
    [InlineData("_box?[|.Save().Wait()|];")]
    [InlineData("box!.Maybe?[|.Save().Wait()|];")]
    [InlineData("Get()?[|.Save().Wait()|];")]
    public Task Refuses_where_it_would_ask_twice_or_await_nothing(string statement) =>
        OffersNoFix(Class(statement));

    private static string Class(string statement) =>
        $$"""
        class Box
        {
            public string Name => "";
            public Box Other => this;
            public Box? Maybe => this;
            public Box this[int i] => this;
            public Task Save() => Task.Delay(1);
            public Task SaveAs(string? name) => Task.Delay(1);
            public Task<Box> Find() => Task.FromResult(this);
            public void Run() { }
        }

        class C
        {
            Box? _box = new();
            async Task M(Box? box, Box? other)
            {
                await Task.Yield();
                {{statement}}
                _box = other;
            }

            Box? Get() => _box;
            static Task<Box> Find() => Task.FromResult(new Box());
            static Task<int> Load() => Task.FromResult(1);
            static void Use(object? value) { }
        }
        """;
}
