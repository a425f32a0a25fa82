namespace Seeds.S0;

/// <summary>The group is an argument: whoever gets it may fork, and nobody else.</summary>
internal static class ExplicitGroup
{
    [Row("S0-24", "A group that is passed on marks who may spawn; its grandchildren are waited for, too")]
    internal static void PassedOn(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            CoroutineGroup? kept = null;
            await CoroutineGroup.RunAsync(async group =>
            {
                kept = group;
                group.Spawn(Tricky(group));
                group.Spawn(Plain());
            });
            Console.WriteLine("the group has ended");
            try
            {
                kept!.Spawn(Plain());
            }
            catch (InvalidOperationException exception)
            {
                Console.WriteLine($"too late: {exception.GetType().Name}");
            }
        }

        static async Coroutine Tricky(CoroutineGroup group)
        {
            await Coroutine.Sleep(Seconds(2));
            // The body has long ended: the group drains.
            group.Spawn(Grandchild());
            Console.WriteLine("tricky has spawned");
        }

        static async Coroutine Plain()
        {
            await Coroutine.Sleep(Seconds(1));
            Console.WriteLine("plain");
        }

        static async Coroutine Grandchild()
        {
            await Coroutine.Sleep(Seconds(1));
            Console.WriteLine("grandchild");
        }
    }

    [Row("S0-25", "What the toy loop could not: values come back from spawned coroutines")]
    internal static void ValuesComeBack(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            ChildTask<int>? a = null;
            ChildTask<int>? b = null;
            await CoroutineGroup.RunAsync(async group =>
            {
                a = group.Run(Value(1));
                b = group.Run(Value(2));
            });
            Console.WriteLine(a!.Result + b!.Result);
        }

        static async Coroutine<int> Value(int value)
        {
            await Coroutine.Yield();
            return value;
        }
    }
}
