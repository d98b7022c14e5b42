// How late 200 sleeps of each length end. tokio counts in milliseconds.
use std::time::{Duration, Instant};

async fn sleeps() {
    for micros in [1300, 5000, 10700] {
        let nap = Duration::from_micros(micros);
        for _ in 0..200 {
            let begin = Instant::now();
            tokio::time::sleep(nap).await;
            let late = begin.elapsed().as_secs_f64() - nap.as_secs_f64();
            println!("late_{}ms_us {}", micros as f64 / 1e3, late * 1e6);
        }
    }
}

fn main() {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().build().unwrap().block_on(sleeps());
}
