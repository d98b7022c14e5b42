// From one thread to a pool of two, and back: spawn_blocking.
use std::time::{Duration, Instant};

const SEQUENTIAL: u32 = 100_000;
const JOBS: u32 = 300_000;
const IN_FLIGHT: u32 = 1000;

async fn in_turn(jobs: u32) {
    for i in 0..jobs {
        std::hint::black_box(
            tokio::task::spawn_blocking(move || i + 1).await.unwrap(),
        );
    }
}

async fn both() {
    in_turn(1000).await;
    let begin = Instant::now();
    in_turn(SEQUENTIAL).await;
    println!(
        "seq_us {}",
        begin.elapsed().as_secs_f64() * 1e6 / SEQUENTIAL as f64
    );
    let begin = Instant::now();
    let tasks: Vec<_> = (0..IN_FLIGHT)
        .map(|_| tokio::spawn(in_turn(JOBS / IN_FLIGHT)))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    println!(
        "inflight1000_per_s {}",
        JOBS as f64 / begin.elapsed().as_secs_f64()
    );
}

fn main() {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder
        .max_blocking_threads(2)
        .thread_keep_alive(Duration::from_secs(60));
    builder.build().unwrap().block_on(both());
}
