namespace ScopedTasks.Analyzers.Catalogue;

/// <summary>The names of the fixes' plans, and which rule offers which, in menu order.</summary>
internal static class PlanNames
{
    public const string Await = nameof(Await);
    public const string RunInGroup = nameof(RunInGroup);
    public const string SpawnInGroup = nameof(SpawnInGroup);
    public const string OwnInField = nameof(OwnInField);
    public const string Detach = nameof(Detach);
    public const string BoundedLoop = nameof(BoundedLoop);
    public const string ForeachAwait = nameof(ForeachAwait);
    public const string AwaitInstead = nameof(AwaitInstead);
    public const string AsyncPrimitive = nameof(AsyncPrimitive);
    public const string OnThreadPool = nameof(OnThreadPool);
    public const string WhenAll = nameof(WhenAll);
    public const string RunTask = nameof(RunTask);
    public const string Enumerate = nameof(Enumerate);
    public const string ReturnTask = nameof(ReturnTask);
    public const string GuardHandler = nameof(GuardHandler);
    public const string InvokeAll = nameof(InvokeAll);
    public const string PeriodicTimer = nameof(PeriodicTimer);
    public const string Race = nameof(Race);
    public const string FailAfter = nameof(FailAfter);
    public const string AwaitReturned = nameof(AwaitReturned);
    public const string Unwrap = nameof(Unwrap);
    public const string WhenEach = nameof(WhenEach);
    public const string CopyVariable = nameof(CopyVariable);
    public const string CreateBounded = nameof(CreateBounded);
    public const string JoinField = nameof(JoinField);
    public const string CompleteGroup = nameof(CompleteGroup);
    public const string MakeAsync = nameof(MakeAsync);
    public const string TakeGroup = nameof(TakeGroup);
    public const string Coalesce = nameof(Coalesce);
    public const string CompletedTask = nameof(CompletedTask);
    public const string AsTask = nameof(AsTask);
    public const string Materialize = nameof(Materialize);
    public const string AwaitUsing = nameof(AwaitUsing);
    public const string AsyncTwin = nameof(AsyncTwin);
    public const string OtherTwin = nameof(OtherTwin);
    public const string RunOffLoop = nameof(RunOffLoop);
    public const string PassTimeProvider = nameof(PassTimeProvider);
    public const string RethrowCancellation = nameof(RethrowCancellation);
    public const string Checkpoint = nameof(Checkpoint);

    public static ImmutableArray<string> Of(string ruleId) => ruleId switch
    {
        "SCOPE101" => ImmutableArray.Create(Await, SpawnInGroup, OwnInField, Detach, RunInGroup, MakeAsync, TakeGroup),
        "SCOPE102" => ImmutableArray.Create(SpawnInGroup, OwnInField, Detach, RunInGroup, Await, TakeGroup),
        "SCOPE103" => ImmutableArray.Create(RunInGroup, Await),
        "SCOPE104" => ImmutableArray.Create(RunInGroup),
        "SCOPE105" => ImmutableArray.Create(RunInGroup),
        "SCOPE106" => ImmutableArray.Create(JoinField, OwnInField),
        "SCOPE107" => ImmutableArray.Create(Race),
        "SCOPE108" => ImmutableArray.Create(FailAfter),
        "SCOPE109" => ImmutableArray.Create(ReturnTask),
        "SCOPE111" => ImmutableArray.Create(GuardHandler),
        "SCOPE112" => ImmutableArray.Create(InvokeAll),
        "SCOPE113" => ImmutableArray.Create(AwaitReturned, RunInGroup),
        "SCOPE114" => ImmutableArray.Create(Unwrap),
        "SCOPE115" => ImmutableArray.Create(Await),
        "SCOPE116" => ImmutableArray.Create(Await),
        "SCOPE201" => ImmutableArray.Create(AwaitInstead),
        "SCOPE202" => ImmutableArray.Create(AsyncPrimitive, OnThreadPool),
        "SCOPE203" => ImmutableArray.Create(AsyncTwin, OtherTwin),
        "SCOPE204" => ImmutableArray.Create(MakeAsync),
        "SCOPE206" => ImmutableArray.Create(AwaitUsing),
        "SCOPE207" => ImmutableArray.Create(AwaitInstead, AsyncTwin, RunOffLoop, OtherTwin),
        "SCOPE301" => ImmutableArray.Create(Await, SpawnInGroup),
        "SCOPE302" => ImmutableArray.Create(Enumerate),
        "SCOPE303" => ImmutableArray.Create(RunInGroup, WhenAll),
        "SCOPE304" => ImmutableArray.Create(Materialize),
        "SCOPE305" => ImmutableArray.Create(RunTask),
        "SCOPE306" => ImmutableArray.Create(AsTask),
        "SCOPE307" => ImmutableArray.Create(CompletedTask),
        "SCOPE308" => ImmutableArray.Create(Coalesce),
        "SCOPE309" => ImmutableArray.Create(AwaitUsing),
        "SCOPE401" => ImmutableArray.Create(SpawnInGroup, BoundedLoop, TakeGroup),
        "SCOPE402" => ImmutableArray.Create(BoundedLoop),
        "SCOPE403" => ImmutableArray.Create(ForeachAwait, BoundedLoop),
        "SCOPE404" => ImmutableArray.Create(PeriodicTimer),
        "SCOPE406" => ImmutableArray.Create(WhenEach),
        "SCOPE407" => ImmutableArray.Create(CopyVariable),
        "SCOPE409" => ImmutableArray.Create(CreateBounded),
        "SCOPE503" => ImmutableArray.Create(RethrowCancellation),
        "SCOPE601" => ImmutableArray.Create(SpawnInGroup),
        "SCOPE603" => ImmutableArray.Create(CompleteGroup),
        "SCOPE611" => ImmutableArray.Create(Checkpoint),
        "SCOPE613" => ImmutableArray.Create(PassTimeProvider),
        _ => ImmutableArray<string>.Empty,
    };

    /// <summary>The rule's plan of that name, <c>RunInGroup</c> or <c>run_in_group</c>; null if it has none.</summary>
    public static string? Find(string ruleId, string text)
    {
        var name = text.Trim().Replace("_", string.Empty);
        return Of(ruleId).FirstOrDefault(plan => string.Equals(plan, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What may be written for the rule, for a message.</summary>
    public static string Choices(string ruleId) =>
        Of(ruleId) is { IsEmpty: false } plans
            ? "one of " + string.Join(", ", plans.Select(plan => $"'{SnakeCase(plan)}'"))
            : $"nothing, for {ruleId} has no fix";

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{c}")).ToLowerInvariant();
}
