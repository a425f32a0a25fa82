using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using ScopedTasks.Seeds.Tests.Support;
using Seeds;
using Xunit;

namespace ScopedTasks.Seeds.Tests;

/// <summary>Every program prints exactly what its seed document says.</summary>
public sealed class ProgramTests
{
    // What prints the same whatever the machine has to do beside: its steps are a good part of a second apart.
    private static readonly string[] s_inRealTime = ["S0-10", "S0-11", "S0-13", "S0-15", "S4-07", "S4-08"];

    // Signals end them, in processes of their own.
    private static readonly string[] s_endless = ["S1-33-serve", "S1-34", "S1-34-twice"];

    // It counts what the whole process computes.
    private static readonly string[] s_alone = ["S0-11"];

    // Threads have no order among each other.
    private static readonly string[] s_unordered = ["S2-10"];

    public static TheoryData<string> Programs => [.. Ids.Except([.. s_endless, .. s_unordered, .. s_alone])];

    private static IEnumerable<string> Ids => SeedProgram.All.Select(program => program.Id);

    [Theory]
    [MemberData(nameof(Programs))]
    public void Prints_what_the_document_says(string id)
    {
        var printed = Printed.By(() => SeedProgram.Find(id)!.Run(new VirtualClock()), out var thrown);

        Assert.Equal(Outputs.Failures.GetValueOrDefault(id), thrown?.Message);
        Assert.Equal(Outputs.Of(id), printed.Output);
    }

    [Fact]
    public void Every_program_has_its_output() =>
        Assert.Equal(Ids.Except([.. s_endless, .. s_unordered]).Order(), Outputs.All.Keys.Order());

    [Fact]
    public async Task Prints_the_same_in_real_time()
    {
        var processes = s_inRealTime.Select(id => SeedProcess.Start(id, "--real")).ToArray();
        try
        {
            foreach (var (id, process) in s_inRealTime.Zip(processes))
                Assert.Equal((Outputs.Of(id), 0), await process.End());
        }
        finally
        {
            foreach (var process in processes)
                process.Dispose();
        }
    }

    [Fact]
    public async Task S0_19_ends_with_an_error()
    {
        using var process = SeedProcess.Start("S0-19");
        var (output, exitCode) = await process.End();

        Assert.Equal(Outputs.Of("S0-19"), output);
        Assert.NotEqual(0, exitCode);
    }

    [Fact]
    public void S1_21_is_reported_once_by_name()
    {
        var printed = Printed.By(() => SeedProgram.Find("S1-21")!.Run(new VirtualClock()), out _);

        var report = Assert.Single(printed.Errors.Split('\n'));
        Assert.Contains("'SwallowsEverything' has swallowed 1000 cancellations", report);
    }

    [Fact]
    public void S2_10_takes_as_long_as_its_longest_thread_which_all_keep_their_order()
    {
        var clock = new VirtualClock { Rate = 20 };
        var start = clock.GetUtcNow();
        var printed = Printed.By(() => SeedProgram.Find("S2-10")!.Run(clock), out _).Output.Split('\n');

        Assert.InRange(clock.GetUtcNow() - start, TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(31));
        foreach (var (interval, count) in new[] { ("[1.0]", 10), ("[2.0]", 5), ("[3.0]", 4) })
        {
            Assert.Equal(
                Enumerable.Range(1, count).Select(i => $"{interval} Sending update {i}/{count}."),
                printed.Where(line => line.StartsWith(interval, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task S1_34_is_interrupted_and_shuts_down()
    {
        if (!Signals.Arrive)
            return;
        Action<SeedProcess>[] signals = [process => process.Interrupt(), process => process.Terminate()];
        foreach (var signal in signals)
        {
            using var process = SeedProcess.Start("S1-34");
            Assert.Equal("Starting up", await process.ReadLine());
            Assert.Equal("woke up", await process.ReadLine());
            Assert.Equal("woke up", await process.ReadLine());
            signal(process);

            Assert.Equal(
                ("""
                Caught the cancel before throwing again
                Catching shutdown
                Starting shutting down
                """, 0),
                await process.End());
        }
    }

    [Fact]
    public async Task S1_34_is_killed_by_the_second_interrupt()
    {
        if (!Signals.Arrive)
            return;
        using var process = SeedProcess.Start("S1-34-twice");
        Assert.Equal("Starting up", await process.ReadLine());
        process.Interrupt();
        Assert.Equal("Shutting down, slowly", await process.ReadLine());
        process.Interrupt();
        var (output, exitCode) = await process.End();

        Assert.Equal("", output);
        Assert.Equal(130, exitCode);
    }
}
